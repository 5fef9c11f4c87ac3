using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Evolution;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Evolution;

public sealed class EvolutionSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new EvolutionSampler(spec.Space, new EvolutionOptions { Population = 6 });
}

public sealed class EvolutionSamplerTests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("conditional");

    [Fact]
    public void Children_differ_from_a_parent_of_the_population_in_few_parameters()
    {
        var spec = SampleSpaces.Spec("steps");
        var search = new PlayedSearch(
            spec, new EvolutionSampler(spec.Space, new EvolutionOptions { Population = 4, Sample = 1, CrossoverRate = 0, Mutations = 1 }));
        var parents = Enumerable.Range(0, 4).Select(_ => Tell(search, 1)).ToArray();

        var children = search.Propose(50).Suggestions.Select(s => s.Values);

        children.ShouldAllBe(child => parents.Any(parent => parent.Entries.Count(entry => child.Entries[entry.Key] != entry.Value) == 1));
    }

    [Fact]
    public void The_oldest_trial_leaves_the_population_even_when_it_is_the_best()
    {
        var spec = SampleSpaces.Spec("steps");
        var search = new PlayedSearch(
            spec, new EvolutionSampler(spec.Space, new EvolutionOptions { Population = 3, Sample = 30, CrossoverRate = 0, Mutations = 1 }));
        Tell(search, 0);
        var second = Enumerable.Range(0, 3).Select(i => Tell(search, 1 + i)).ToArray()[0];

        var children = search.Propose(20).Suggestions.Select(s => s.Values);

        children.ShouldAllBe(child => second.Entries.Count(entry => child.Entries[entry.Key] != entry.Value) == 1);
    }

    [Fact]
    public void A_population_of_failures_has_no_children()
    {
        var search = new PlayedSearch(Spec, new EvolutionSampler(Spec.Space, new EvolutionOptions { Population = 2 }));
        Tell(search, null);
        Tell(search, null);

        search.Propose(30).Suggestions.Select(s => s.Values.Entries["kind"]).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_mutation_always_changes_a_discrete_value()
    {
        var encoding = new SpaceEncoding(new([new("n", new IntegerDomain(1, 5)), new("flag", new BooleanDomain())]));
        var mutation = new Mutation(encoding, new EvolutionOptions { Step = 1e-6 });
        var stream = new RandomStream(3);

        for (var i = 0; i < 100; i++)
        {
            double[] point = [encoding.Axes[0].MiddleOf(i % 5), encoding.Axes[1].MiddleOf(i % 2)];
            var before = encoding.Decode(point);
            mutation.Apply(point, stream);
            encoding.Decode(point).ShouldNotBe(before);
        }
    }

    private static ParameterValues Tell(PlayedSearch search, double? loss)
    {
        var trial = search.Ask();
        search.Tell(trial.Id, loss);
        return trial.Values;
    }
}
