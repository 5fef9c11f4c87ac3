using SearchCluster.Search.Scheduling;
using SearchCluster.Search.View;
using Shouldly;
using Xunit;

namespace SearchCluster.TestKit.Searches;

/// <summary>What every trial scheduler must do; subclassed once for each.</summary>
public abstract class TrialSchedulerConformance
{
    /// <summary>Epochs of a whole trial.</summary>
    protected const int Epochs = 27;

    private const int Trials = 40;

    /// <summary>The scheduler under test with options for trials of <see cref="Epochs"/> epochs.</summary>
    protected abstract SchedulerSpec Scheduler { get; }

    /// <summary>The first resource level at which it may decide about a trial with finite values.</summary>
    protected abstract int FirstDecision { get; }

    /// <summary>False for a scheduler that looks at a trial's own curve only.</summary>
    protected virtual bool ComparesTrials => true;

    /// <summary>True when it pauses trials whatever their values are, and lets the best go on only.</summary>
    protected virtual bool Promotes => false;

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(8, 0.03, 0.3)]
    public void A_whole_search_ends_with_every_trial_over_and_its_budget_spent_exactly(int slots, double loss, double lateStops)
    {
        var (search, _) = Play(Spec(Trials), Curve, slots, loss, lateStops);

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        search.State.Trials.Count.ShouldBe(Trials);
        search.State.Counts.Finished.ShouldBe(Trials);
        search.State.Trials.ShouldAllBe(trial => trial.FinalObjective != null);
    }

    [Fact]
    public void A_search_of_one_trial_trains_it_to_its_end()
    {
        var (search, _) = Play(Spec(1), (_, epoch) => 1.0 / epoch, slots: 2);

        // Where only the best of several are promoted, a lone trial ends with what it has.
        search.State.Trials[0].State.ShouldBe(Promotes ? TrialState.StoppedEarly : TrialState.Completed);
        search.State.Epochs.ShouldBe(Promotes ? FirstDecision : Epochs);
    }

    [Fact]
    public void Decides_nothing_before_its_first_level()
    {
        var (_, watched) = Play(Spec(Trials), Curve, slots: 4);

        watched.Decided.ShouldAllBe(decided => decided.Resource >= FirstDecision);
    }

    [Fact]
    public void Never_stops_a_trial_than_which_none_was_better_at_the_same_resource()
    {
        var (_, watched) = Play(Spec(Trials), Curve, slots: 4);

        foreach (var (view, id) in ComparesTrials ? watched.Stopped : [])
        {
            var trial = view.Trial(id);
            view.Trials.ShouldContain(
                other => Best(other, trial.Resource) < trial.BestLoss, $"trial {id} was the best at resource {trial.Resource}");
        }
    }

    [Fact]
    public void Stops_no_trial_for_another_with_equal_values()
    {
        var (search, _) = Play(Spec(12), (_, epoch) => 1.0 / epoch, slots: 3);

        search.State.Counts.Completed.ShouldBeInRange(Promotes ? 0 : 12, 12);
        search.State.Counts.Finished.ShouldBe(12);
    }

    [Fact]
    public void A_trial_without_a_finite_value_is_worst()
    {
        var spec = Spec(Trials);
        var (search, watched) = Play(
            spec with { Objective = spec.Objective with { OnNonFinite = NonFinitePolicy.Worst } },
            (trial, epoch) => Number(trial) % 4 == 1 && epoch > 1 ? double.NaN : Curve(trial, epoch),
            slots: 4,
            loss: 0.02);

        search.State.Counts.Finished.ShouldBe(Trials);
        foreach (var (view, id) in ComparesTrials ? watched.Stopped : [])
        {
            view.Trials.ShouldContain(other => Best(other, view.Trial(id).Resource) < double.PositiveInfinity && other.Id != id);
        }
    }

    [Fact]
    public void Maximising_mirrored_values_decides_the_same()
    {
        var spec = Spec(Trials);
        var (_, minimised) = Play(spec, Curve, slots: 4);
        var mirrored = Mirrored(spec);
        var (_, maximised) = Play(mirrored, (trial, epoch) => -Curve(trial, epoch), slots: 4);

        maximised.Decided.Select(Flat).ShouldBe(minimised.Decided.Select(Flat));
        maximised.Decided
            .Select(decided => -decided.Decision.Reason.Value)
            .ShouldBe(minimised.Decided.Select(decided => decided.Decision.Reason.Value));
    }

    /// <summary>The specification that searches for the mirrored values.</summary>
    protected virtual SearchSpec Mirrored(SearchSpec spec) =>
        spec with { Objective = spec.Objective with { Direction = Direction.Maximize } };

    /// <summary>A search over one number.</summary>
    protected SearchSpec Spec(int trials) => new()
    {
        Name = new SearchId("sample"),
        Workload = new WorkloadSpec("function", ParameterValues.Empty.With("measurements", ParameterValue.Integer(Epochs))),
        Objective = new ObjectiveSpec("value", Direction.Minimize),
        Space = new SearchSpace([new("x", new RealDomain(-1, 1))]),
        Budget = new BudgetSpec(trials),
        Algorithm = new AlgorithmSpec("random", ParameterValues.Empty),
        Seed = 3,
        Scheduler = Scheduler,
        Retry = RetrySpec.Default with { Max = 100 },
    };

    /// <summary>Plays a search; every decision is compared with that of a scheduler made anew.</summary>
    protected static (SimulatedSearch Search, WatchedScheduler Scheduler) Play(
        SearchSpec spec, Func<TrialAssignment, int, double> curve, int slots, double loss = 0, double lateStops = 0)
    {
        var watched = new WatchedScheduler(() => TrialSchedulerCatalog.Create(spec));
        return (new SimulatedSearch(spec, watched, curve, Epochs).Run(slots, loss, lateStops), watched);
    }

    /// <summary>A noisy curve that falls to the square of x.</summary>
    protected static double Curve(TrialAssignment trial, int epoch)
    {
        trial.Values.TryGet("x", out var value).ShouldBeTrue();
        value!.TryGetNumber(out var x);
        var noise = SeedSequence.Stream(trial.Seed, StreamPurpose.Dropout, epoch).NextGaussian();
        return (x * x) + (2 * Math.Exp(-0.3 * epoch)) + (0.05 * noise);
    }

    private static double Best(ObservedTrial trial, int resource) =>
        trial.Curve
            .Where(measured => measured.Resource <= resource)
            .Select(measured => measured.Loss)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Min();

    private static int Number(TrialAssignment trial) => trial.Lease.Item.TrialId!.Value.Number;

    private static (int, int, SchedulingAction, int?, int?) Flat((int Trial, int Resource, SchedulingDecision Decision) decided) =>
        (decided.Trial, decided.Resource, decided.Decision.Action, decided.Decision.Reason.Rank, decided.Decision.Reason.Competitors);
}
