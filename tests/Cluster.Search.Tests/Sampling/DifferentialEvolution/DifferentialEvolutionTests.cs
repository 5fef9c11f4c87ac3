using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.DifferentialEvolution;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.DifferentialEvolution;

public sealed class DifferentialEvolutionConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) =>
        new DifferentialEvolutionSampler(spec.Space, new DifferentialEvolutionOptions { Population = 5 });
}

public sealed class DifferentialEvolutionTests
{
    private const string Start = "A point of the start-up design.";

    private static readonly SearchSpec Numbers = SampleSpaces.Spec("mixed") with
    {
        Space = new([.. Enumerable.Range(0, 3).Select(i => new ParameterSpec($"x{i}", new RealDomain(0, 1)))]),
    };

    private static readonly SearchSpec Letters = SampleSpaces.Spec("mixed") with
    {
        Space = new([
            new("x", new RealDomain(0, 1)),
            new("kind", new ItemDomain([.. "abcdefgh".Select(letter => ParameterValue.Text(letter.ToString()))])),
        ]),
    };

    [Fact]
    public void A_trial_takes_the_place_of_the_one_it_competes_with_when_it_is_better()
    {
        var search = Search(Numbers, new() { Population = 4 });
        Tell(search, 4, 3, 2, 1);

        // Worse than t0000, better than t0001, as good as t0002, failed.
        Tell(search, 5, 2.5, 2, null).ShouldBe([Rival(0), Rival(1), Rival(2), Rival(3)]);

        Tell(search, 9, 9, 9, 9).ShouldBe([Rival(0), Rival(5), Rival(2), Rival(3)]);
    }

    [Fact]
    public void Who_is_kept_does_not_depend_on_the_order_in_which_trials_finish()
    {
        double?[] losses = [3, null, 2, 5, 4, 1, 2, 2];
        int[][] orders = [[0, 1, 2, 3, 4, 5, 6, 7], [7, 6, 3, 0, 5, 1, 2, 4]];

        var proposals = orders.Select(order =>
        {
            var search = Search(Numbers, new() { Population = 4 });
            search.AskBatch(losses.Length).Select(trial => trial.Origin.Explanation).ShouldAllBe(text => text == Start);
            foreach (var trial in order)
            {
                search.Tell(new TrialId(trial), losses[trial]);
            }

            return search.Propose(8).Suggestions;
        }).ToList();

        proposals[0].ShouldBe(proposals[1]);
        proposals[0].Select(suggestion => suggestion.Origin.Explanation)
            .ShouldBe([Rival(0), Rival(5), Rival(2), Rival(7), Rival(0), Rival(5), Rival(2), Rival(7)]);
    }

    [Fact]
    public void Without_crossover_a_child_is_a_member_moved_by_the_weighted_difference_of_two_others()
    {
        const double Weight = 0.7;
        var search = Search(Numbers, new() { Population = 4, DifferentialWeight = Weight, CrossoverRate = 1 });
        var members = Asked(search, 4).Select(Point).ToArray();

        // The first competes with the first member, so the three others are who it can come of.
        var child = Point(search.Propose(1).Suggestions[0].Values);

        int[][] orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
        orders.ShouldContain(order => Enumerable.Range(0, 3).All(i => Math.Abs(
            child[i] - Mirrored(members[order[0]][i] + (Weight * (members[order[1]][i] - members[order[2]][i])))) < 1e-12));
    }

    [Fact]
    public void With_a_crossover_rate_of_zero_one_parameter_changes()
    {
        var search = Search(Numbers, new() { Population = 4, CrossoverRate = 0 });
        var members = Asked(search, 4);

        var children = search.Propose(40).Suggestions.Select(suggestion => suggestion.Values).ToArray();

        for (var i = 0; i < children.Length; i++)
        {
            children[i].Entries.Count(entry => members[i % 4].Entries[entry.Key] != entry.Value).ShouldBe(1);
        }
    }

    [Fact]
    public void An_item_on_which_all_agree_is_kept_and_one_on_which_they_do_not_may_become_any()
    {
        string[] Kinds(string members)
        {
            var spec = Enqueued(Letters, members);
            var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
            Asked(search, members.Length);
            return [.. search.Propose(200).Suggestions.Select(suggestion => suggestion.Values.Entries["kind"].ToString())];
        }

        Kinds("aaaaaaaaaaaa").ShouldAllBe(kind => kind == "a");
        Kinds("abbaabbaabba").Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void A_parameter_that_the_moved_trial_does_not_have_comes_from_the_old_one()
    {
        const double Momentum = 0.9;
        var space = new SearchSpace([
            new("x", new RealDomain(0, 1)),
            new("kind", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("b")])),
            new("momentum", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("b")]))])]);
        var spec = Enqueued(Numbers with { Space = space }, "baaaaaaaaaaa", crossoverRate: 0.3);
        spec = spec with
        {
            Enqueue = [spec.Enqueue![0].With("momentum", ParameterValue.Real(Momentum)), .. spec.Enqueue.Skip(1)],
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        Asked(search, 12);

        // The first of each dozen compete with the one of kind b.
        var children = search.Propose(240).Suggestions.Where((_, i) => i % 12 == 0).Select(suggestion => suggestion.Values)
            .Where(values => values.Entries["kind"] == ParameterValue.Text("b")).ToList();

        children.ShouldNotBeEmpty();
        children.ShouldAllBe(values => values.Entries["momentum"] == ParameterValue.Real(Momentum));
    }

    [Fact]
    public void A_population_of_failures_has_no_children()
    {
        var search = Search(Numbers, new() { Population = 4 });

        Tell(search, null, double.NaN, null, null, null, 1, 1, 1, 1).ShouldAllBe(text => text == Start);

        Tell(search, 1, 1, 1, 1).ShouldBe([Rival(5), Rival(6), Rival(7), Rival(8)]);
    }

    [Fact]
    public void All_repeats_of_a_configuration_compete_for_the_same_place()
    {
        var spec = Numbers with
        {
            Repeats = 2,
            Algorithm = new("differential-evolution", ParameterValues.Empty.With("population", ParameterValue.Integer(4))),
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        Tell(search, 8, 7, 6, 5, 4, 3, 2, 1);

        Tell(search, 9, 9, 9, 9, 9, 9, 9, 9).Where((_, i) => i % 2 == 0).ShouldBe(
            [Rival(1, repeats: 2), Rival(3, repeats: 2), Rival(5, repeats: 2), Rival(7, repeats: 2)]);
    }

    private static PlayedSearch Search(SearchSpec spec, DifferentialEvolutionOptions options) =>
        new(spec, new DifferentialEvolutionSampler(spec.Space, options));

    // Asks and tells one after the other; gives what was said of each.
    private static List<string> Tell(PlayedSearch search, params double?[] losses)
    {
        var texts = new List<string>();
        foreach (var loss in losses)
        {
            var trial = search.Ask();
            texts.Add(trial.Origin.Explanation!);
            search.Tell(trial.Id, loss);
        }

        return texts;
    }

    private static ParameterValues[] Asked(PlayedSearch search, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var trial = search.Ask();
        search.Tell(trial.Id, 1);
        return trial.Values;
    })];

    private static string Rival(int trial, int repeats = 1) =>
        $"Competes with trial {new TrialId(trial)} for place {(trial / repeats % 4) + 1} of 4.";

    // The first trials have given kinds at different places, and are the population.
    private static SearchSpec Enqueued(SearchSpec spec, string kinds, double crossoverRate = 0.9) => spec with
    {
        Enqueue = [.. kinds.Select((kind, i) => ParameterValues.Empty
            .With("x", ParameterValue.Real(0.618 * (i + 1) % 1))
            .With("kind", ParameterValue.Text(kind.ToString())))],
        Algorithm = new("differential-evolution", ParameterValues.Empty
            .With("population", ParameterValue.Integer(kinds.Length))
            .With("crossoverRate", ParameterValue.Real(crossoverRate))),
    };

    private static double[] Point(ParameterValues values)
    {
        var point = new double[3];
        new SpaceEncoding(Numbers.Space).TryEncode(values, point).ShouldBeTrue();
        return point;
    }

    private static double Mirrored(double value) => value < 0 ? -value : value > 1 ? 2 - value : value;
}
