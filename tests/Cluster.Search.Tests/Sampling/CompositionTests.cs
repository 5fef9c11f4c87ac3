using SearchCluster.Search.Sampling.Auto;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class DistinctSamplerTests
{
    private static readonly SearchSpec Small = SampleSpaces.Spec("forbidden");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Tries_each_configuration_of_a_finite_space_once_and_then_tells_that_there_is_none(int batch)
    {
        var search = new PlayedSearch(Small, SamplerCatalog.Create(Small));
        var count = (int)new GridSpace(Small.Space).Count;

        while (search.Propose(batch).Suggestions.Length > 0)
        {
            search.AskBatch(batch);
        }

        search.State.Trials.Select(trial => trial.Values).Distinct().Count().ShouldBe(count);
        search.State.Trials.Count.ShouldBe(count);
        search.Propose(batch).Exhausted.ShouldBe($"All {count} configurations of the space were suggested.");
    }

    [Fact]
    public void Gives_the_same_trials_whatever_the_size_of_the_batches()
    {
        var one = new PlayedSearch(Small, SamplerCatalog.Create(Small));
        var many = new PlayedSearch(Small, SamplerCatalog.Create(Small));
        for (var i = 0; i < 12; i++)
        {
            many.AskBatch(5);
        }

        while (one.State.Trials.Count < many.State.Trials.Count)
        {
            one.Ask();
        }

        one.State.Trials.Select(trial => trial.Values).ShouldBe(many.State.Trials.Select(trial => trial.Values));
    }

    [Fact]
    public void Keeps_what_a_person_enqueued_also_when_it_is_there_twice()
    {
        var twice = ParameterValues.Empty
            .With("a", ParameterValue.Integer(1))
            .With("b", ParameterValue.Integer(1))
            .With("c", ParameterValue.Boolean(true));
        var spec = Small with { Enqueue = [twice, twice] };

        new PlayedSearch(spec, SamplerCatalog.Create(spec)).AskBatch(2).Select(trial => trial.Values).ShouldBe([twice, twice]);
    }

    [Fact]
    public void Says_what_of_an_enqueued_configuration_it_chose_itself()
    {
        var spec = Small with
        {
            Enqueue = [ParameterValues.Empty.With("b", ParameterValue.Integer(1)).With("c", ParameterValue.Boolean(true))],
        };

        new PlayedSearch(spec, SamplerCatalog.Create(spec)).AskBatch(1).Single().Origin.Explanation
            .ShouldBe("Entry 0 of enqueue, which leaves out a; drawn at random.");
    }

    [Fact]
    public void Says_so_when_it_replaced_a_configuration()
    {
        var spec = Small with
        {
            Seed = 3,
            Space = new SearchSpace([new ParameterSpec("flag", new BooleanDomain()), new ParameterSpec("n", new IntegerDomain(0, 1))]),
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        search.AskBatch(4);

        search.State.Trials.ShouldContain(trial => trial.Origin.Explanation == "Drawn at random: its proposal was tried already.");
    }
}

public sealed class RepeatSamplerTests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with { Repeats = 3 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public void Gives_each_configuration_to_so_many_trials_in_a_row(int batch)
    {
        var search = new PlayedSearch(Spec, SamplerCatalog.Create(Spec));
        while (search.State.Trials.Count < 27)
        {
            search.AskBatch(batch);
        }

        var groups = search.State.Trials.Take(27).Select(trial => trial.Values).Chunk(3).ToArray();
        groups.ShouldAllBe(group => group.Distinct().Count() == 1);
        groups.Select(group => group[0]).Distinct().Count().ShouldBe(9);
        groups.Select(group => group[0])
            .ShouldBe(new PlayedSearch(Spec with { Repeats = null }, SamplerCatalog.Create(Spec with { Repeats = null }))
                .AskBatch(9)
                .Select(trial => trial.Values));
    }
}

public sealed class AutoSamplerTests
{
    [Fact]
    public void Says_in_each_suggestion_what_it_chose_and_why()
    {
        var spec = SampleSpaces.Spec("mixed") with { Objectives = null };
        var sampler = new AutoSampler(new Search.Sampling.Random.RandomSampler(spec.Space), new AutoChoice("random", "of a test."));

        var suggestion = sampler.Suggest(
            SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(0), 1, 1)).Suggestions[0];

        suggestion.Origin.Source.ShouldBe("random");
        suggestion.Origin.Explanation.ShouldBe("auto: of a test.");
    }

    [Fact]
    public void A_sampler_learns_when_its_descriptor_says_so()
    {
        foreach (var name in SamplerCatalog.Names.Except(["coarse-to-fine"]))
        {
            var spec = SampleSpaces.Spec("mixed") with { Algorithm = new(name, ParameterValues.Empty), Budget = new BudgetSpec(100) };

            SamplerCatalog.Create(spec).IsAdaptive.ShouldBe(SamplerCatalog.LearnsFromTrials(spec), name);
        }
    }
}
