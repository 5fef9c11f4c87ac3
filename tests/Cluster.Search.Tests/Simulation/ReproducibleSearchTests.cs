namespace SearchCluster.Search.Tests.Simulation;

/// <summary>A reproducible search: the same trials, values, stops and winner, whatever chance does.</summary>
public sealed class ReproducibleSearchTests(ITestOutputHelper output)
{
    private static readonly (int Slots, ulong Chance)[] Runs = [(1, 1), (2, 2), (5, 3), (5, 4)];

    public static TheoryData<string> Samplers { get; } = [.. SamplerCatalog.Names];

    public static TheoryData<string> Schedulers { get; } =
    [
        .. TrialSchedulerCatalog.Names.Where(name => name is not ("asha" or "hyperband")),
        "asha stopping", "asha promotion", "hyperband stopping", "hyperband promotion",
    ];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Every_sampler_gives_the_same_search_with_1_2_and_5_workers_whatever_is_lost(string sampler) =>
        ShouldBeTheSame(SpecOf(sampler));

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void Every_scheduler_decides_the_same_with_1_2_and_5_workers_whatever_is_lost(string scheduler)
    {
        ShouldBeTheSame(SpecOf("random") with { Scheduler = SchedulerOf(scheduler) });
        var story = ShouldBeTheSame(SpecOf("tpe") with { Scheduler = SchedulerOf(scheduler) });
        story.Count(trial => trial.Contains("TrialDecision", StringComparison.Ordinal)).ShouldBeGreaterThan(scheduler == "none" ? -1 : 2);
    }

    [Fact]
    public void Repeats_enqueued_configurations_warm_starts_and_small_spaces_give_the_same_search()
    {
        ShouldBeTheSame(SpecOf("gp") with { Repeats = 3 });
        ShouldBeTheSame(SpecOf("tpe") with
        {
            Enqueue = [ParameterValues.Empty.With("x", ParameterValue.Real(0.25)), ParameterValues.Empty, ParameterValues.Empty],
        });
        var earlier = new DisturbedSearch(SpecOf("random"), 1, 1, isCalm: true).Run().State;
        ValueArray<PriorObservation> observations = [.. earlier.Trials
            .Where(trial => trial.FinalObjective is not null)
            .Select(trial => new PriorObservation(trial.Values, trial.FinalObjective!.Value))];
        ShouldBeTheSame(SpecOf("tpe") with { WarmStart = new WarmStartSpec(new SearchId("earlier"), Observations: observations) });
        ShouldBeTheSame(SpecOf("tpe") with { Space = new SearchSpace([new("n", new IntegerDomain(1, 1))]) });
        ShouldBeTheSame(
            SpecOf("evolution") with { Space = new SearchSpace([new("n", new IntegerDomain(1, 6)), new("b", new BooleanDomain())]) });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void Limits_end_the_same_search_at_the_same_trial(int round)
    {
        var spec = SpecOf("tpe") with { Reproducible = new(round) };

        ShouldBeTheSame(spec with { Objective = spec.Objective with { Target = 0.75 } });
        ShouldBeTheSame(spec with { Budget = spec.Budget with { NoImprovement = 9 } });
        ShouldBeTheSame(spec with { Budget = spec.Budget with { Epochs = 150 } });
        ShouldBeTheSame(spec with { Budget = spec.Budget with { Failures = 0 } });
        ShouldBeTheSame(SpecOf("gp") with { Budget = spec.Budget with { Plateau = new PlateauSpec(0.02, 3) }, Reproducible = new(round) });
    }

    [Fact]
    public void A_search_that_is_not_reproducible_depends_on_the_order_of_results()
    {
        var spec = SpecOf("tpe") with { Reproducible = null };

        new DisturbedSearch(spec, 5, 3).Run().Story().ShouldNotBe(new DisturbedSearch(spec, 5, 4).Run().Story());
    }

    [Fact]
    public void A_trial_that_loses_its_worker_too_often_ends_the_search_and_says_why()
    {
        var search = new SearchScenario(SpecOf("random") with { Retry = RetrySpec.Default with { Max = 1 } }).Suggest();
        search.Expire(search.LeaseOne());
        search.Expire(search.LeaseOne());

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Failed);
        search.State.End!.Explanation.ShouldStartWith("Trial t0000 lost its worker 2 times in a row without getting further.");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(40)]
    public void Rounds_cost_idle_slots(int round)
    {
        foreach (var scheduler in new[] { "none", "asha stopping" })
        {
            var idle = Enumerable.Range(1, 20).Average(seed => new DisturbedSearch(
                SpecOf("random") with
                {
                    Budget = new BudgetSpec(80),
                    Seed = (ulong)seed,
                    Reproducible = new(round),
                    Scheduler = SchedulerOf(scheduler),
                },
                5,
                1,
                isCalm: true).Run().IdleShare);

            output.WriteLine($"rounds of {round}, 5 slots, scheduler {scheduler}: {idle:P1} idle");
            idle.ShouldBeInRange(0.05, 0.5);
        }
    }

    private IReadOnlyList<string> ShouldBeTheSame(SearchSpec spec)
    {
        var calm = new DisturbedSearch(spec, 1, 0, isCalm: true).Run();
        var losses = 0;
        foreach (var (slots, chance) in Runs)
        {
            var disturbed = new DisturbedSearch(spec, slots, chance).Run();
            losses += disturbed.Losses;
            disturbed.Story().ShouldBe(calm.Story(), $"{spec.Algorithm.Type}, {spec.Scheduler?.Type}, {slots} slots, chance {chance}");
        }

        losses.ShouldBeGreaterThan(0);
        output.WriteLine(calm.Story()[^1]);
        return calm.Story();
    }

    private static SearchSpec SpecOf(string sampler) => TestSpecs.Spec(30) with
    {
        Space = new SearchSpace([
            new("x", new RealDomain(-1, 1)),
            new("n", new IntegerDomain(1, 40, IsLog: true)),
            new("c", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("bcd")])),
        ]) is var space
            && sampler == "grid"
            ? new SearchSpace(
                [.. space.Parameters.Select(parameter => parameter with { GridPoints = parameter.Domain is ItemDomain ? null : 3 })])
            : space,
        Algorithm = new AlgorithmSpec(sampler, ParameterValues.Empty)
        {
            Stages = sampler == "coarse-to-fine"
                ? [new StageSpec("random", ParameterValues.Empty, 12, 0.5), new StageSpec("tpe", ParameterValues.Empty, null)]
                : null,
        },
        Objectives = sampler == "nsga2"
            ? [new ObjectiveSpec("value", Direction.Minimize), new ObjectiveSpec("value2", Direction.Minimize)]
            : null,
        Scheduler = sampler == "bohb" ? SchedulerOf("hyperband stopping") : null,
        Retry = RetrySpec.Default with { Max = 100 },
        Reproducible = new ReproducibleSpec(),
    };

    private static SchedulerSpec SchedulerOf(string words) => words.Split(' ') switch
    {
        ["asha" or "hyperband", var variant] => Scheduler(
            words.Split(' ')[0],
            ("max", ParameterValue.Integer(9)),
            ("min", ParameterValue.Integer(1)),
            ("variant", ParameterValue.Text(variant))),
        ["median" or "percentile"] => Scheduler(words, ("grace", ParameterValue.Integer(1)), ("minTrials", ParameterValue.Integer(3))),
        ["pbt"] => Scheduler(words, ("interval", ParameterValue.Integer(3)), ("population", ParameterValue.Integer(6))),
        ["patience"] => Scheduler(words, ("patience", ParameterValue.Integer(1))),
        ["threshold"] => Scheduler(words, ("bound", ParameterValue.Real(12)), ("grace", ParameterValue.Integer(2))),
        _ => Scheduler(words),
    };

    private static SchedulerSpec Scheduler(string type, params (string Name, ParameterValue Value)[] options) =>
        new(type, new ParameterValues(options.Select(option => KeyValuePair.Create(option.Name, option.Value))));
}
