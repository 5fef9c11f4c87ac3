using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.Search.Sampling.GaussianProcess;
using SearchCluster.Search.Sampling.Nsga2;
using SearchCluster.Search.Sampling.Tpe;
using SearchCluster.Search.Scheduling.Hyperband;
using SearchCluster.Search.Scheduling.PopulationBased;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Tests.Catalogs;

/// <summary>Options of samplers and schedulers stand once, in a record; a search that names none must not
/// change from release to release.</summary>
public sealed class AlgorithmOptionsTests
{
    [Fact]
    public void Defaults_are_those_that_searches_were_made_with()
    {
        new TpeOptions().ShouldBe(
            new TpeOptions
            {
                Multivariate = true,
                Startup = 10,
                Candidates = 64,
                Gamma = 0.1,
                MaximumGood = 25,
                Explore = 0.15,
                PriorWeight = 1,
            });
        new GaussianProcessOptions().ShouldBe(new GaussianProcessOptions
        {
            Startup = null,
            Additive = true,
            Warping = false,
            Pending = PendingResults.Sampled,
            DoubtEvery = 3,
            TrustRegion = false,
        });
        new CmaEsOptions().ShouldBe(new CmaEsOptions
        {
            Population = null,
            StepSize = 0.1,
            Startup = null,
            Restart = RestartStrategy.Ipop,
            AdaptLearningRates = false,
            Elites = 2,
            CategoryRate = 0.5,
        });
        new EvolutionOptions().ShouldBe(
            new EvolutionOptions { Population = 20, Sample = 30, CrossoverRate = 0.4, Mutations = 1.5, Step = 0.4 });
        new Nsga2Options().ShouldBe(
            new Nsga2Options { Population = 12, CrossoverRate = 0.9, CrossoverIndex = 10, MutationIndex = 8, Mutations = 1.5 });
        new HalvingOptions().ShouldBe(new HalvingOptions { Min = 0, Reduction = 3, Variant = HalvingVariant.Stopping });
        new PopulationOptions().ShouldBe(
            new PopulationOptions { Population = 20, Quantile = 0.25, Factor = 1.2, Resample = 0.25, Perturb = PerturbedKinds.Real });
    }

    [Fact]
    public void Given_options_are_read()
    {
        var given = ParameterValues.Empty.With("population", ParameterValue.Integer(8)).With("restart", ParameterValue.Text("bipop"))
            .With("adaptLearningRates", ParameterValue.Boolean(true)).With("elites", ParameterValue.Integer(0));

        SearchConfiguration<CmaEsOptions>.Read(given).ShouldBe(
            new CmaEsOptions { Population = 8, Restart = RestartStrategy.Bipop, AdaptLearningRates = true, Elites = 0 });
    }

    [Fact]
    public void A_group_is_read_with_its_owner()
    {
        var options = SearchConfiguration<HyperbandOptions>.Read(
            ParameterValues.Empty.With("max", ParameterValue.Integer(81)).With("brackets", ParameterValue.Integer(2)));

        (options.Brackets, options.Halving.Max).ShouldBe((2, 81));
        options.Halving.Levels.ShouldBe([3, 9, 27]);
    }

    [Theory]
    [InlineData("asha", "max")]
    [InlineData("hyperband", "max")]
    [InlineData("pbt", "interval")]
    [InlineData("threshold", "bound")]
    public void A_scheduler_without_an_option_that_it_needs_is_refused_by_name(string scheduler, string option)
    {
        var spec = TestSpecs.Spec() with { Scheduler = new SchedulerSpec(scheduler, ParameterValues.Empty) };

        Should.Throw<ConfigurationException>(() => TrialSchedulerCatalog.Create(spec)).Message
            .ShouldStartWith($"{option} is not given, but is needed: ");
    }

    [Fact]
    public void Every_option_says_what_it_is_and_holds_its_default()
    {
        AlgorithmDescriptor[] all = [.. SamplerCatalog.Descriptors, .. TrialSchedulerCatalog.Descriptors];

        all.ShouldAllBe(entry => entry.Options.All(option => option.Description.Length > 10));
        all.ShouldAllBe(entry => entry.Options.All(option => !option.Default.HasValue || option.Domain.Contains(option.Default.Value)));
    }
}
