using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace SearchCluster.Search.Tests.Searches.Journals;

/// <summary>Random interleavings of leases, losses, reports, duplicates, pauses and stops; each byte chooses one step.</summary>
public sealed class SearchProperties
{
    private const int Trials = 6;

    private static SearchScenario Run(byte[] steps)
    {
        var spec = TestSpecs.Spec(Trials, steps.Length % 2 == 0
            ? "top-k"
            : "bagging", budget => budget with { Failures = 3 }) with
        { Resources = new ResourcesSpec(Concurrency: 3) };
        var search = new SearchScenario(spec);
        var reports = new List<ISearchCommand>();
        foreach (var step in steps)
        {
            search.Now += TimeSpan.FromSeconds(step % 7);
            Step(search, reports, step);
            search.State.Trials.Count.ShouldBeLessThanOrEqualTo(search.State.Budget.Trials!.Value);
            search.State.Leases.Count.ShouldBeLessThanOrEqualTo(3);
        }

        return search;
    }

    private static void Step(SearchScenario search, List<ISearchCommand> reports, byte step)
    {
        var open = search.State.OpenLeases.Select(lease => lease.Lease).ToArray();
        var lease = open.Length == 0 ? default(LeaseKey?) : open[step / 16 % open.Length];
        switch (step % 16)
        {
            case 0 or 1 or 2:
                search.Suggest(prefetch: 2);
                break;
            case 3 or 4 or 5:
                search.Lease(slots: 1 + (step / 16 % 3));
                break;
            case 6 or 7 when lease is { } key:
                Report(
                    search,
                    reports,
                    new SearchCommands.ReportMeasurement(key, NextSeq(search, key), TestSpecs.Measurement(1 + (step / 16), step), null));
                break;
            case 8 or 9 when lease is { } key:
                Report(search, reports, new SearchCommands.ReportOutcome(key, NextSeq(search, key), Outcome(step, key), null));
                break;
            case 10 when lease is { } key:
                search.Expire(key);
                break;
            case 11 when lease is { } key:
                search.Send(new SearchCommands.ReleaseLease(key, 0));
                break;
            case 12 when reports.Count > 0:
                search.Send(reports[step % reports.Count]);
                search.LastEvents.ShouldBeEmpty("a repeated report changes nothing");
                break;
            case 13:
                search.Send(step < 128 ? new SearchCommands.PauseSearch(TestSpecs.Id) : new SearchCommands.ResumeSearch(TestSpecs.Id));
                break;
            case 14:
                search.Send(step < 224
                    ? new SearchCommands.MarkRecovered(TestSpecs.Id)
                    : new SearchCommands.StopSearch(TestSpecs.Id, (StopMode)(step / 16 % 2)));
                break;
            case 15:
                search.Send(step < 200
                    ? new SearchCommands.CheckLimits(TestSpecs.Id)
                    : new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
                break;
        }
    }

    private static void Report(SearchScenario search, List<ISearchCommand> reports, ISearchCommand report)
    {
        if (search.Send(report) is WorkerProtocol.ReportAccepted)
        {
            reports.Add(report);
        }
    }

    private static long NextSeq(SearchScenario search, LeaseKey lease) => search.State.Leases[lease.Fence].LastSeq + 1;

    private static WorkOutcome Outcome(byte step, LeaseKey lease) => (step / 16) switch
    {
        < 8 when lease.Item == WorkItem.Ensemble =>
            new EnsembleCompleted(new EnsembleReport([], EnsembleCombination.Vote, ValueMap<double>.Empty, ValueMap<double>.Empty, "path")),
        < 8 when lease.Item.MemberNumber is not null => new MemberCompleted(),
        < 9 => new AttemptCompleted(TestSpecs.Result(step), TrainingStop.AllEpochs),
        < 11 => new AttemptHalted(1, step % 2 == 0 ? TestSpecs.Result(step) : null),
        < 13 => TestSpecs.Failed(TrialFailureKind.WorkloadError),
        < 14 => TestSpecs.Failed(TrialFailureKind.WorkerLost),
        < 15 => new AttemptCompleted(TestSpecs.Result(double.NaN), TrainingStop.AllEpochs),
        _ => new AttemptCompleted(TestSpecs.Result(step), TrainingStop.ResourceLimit),
    };

    private static Arbitrary<byte[]> Steps =>
        Gen.Choose(0, 255).Select(n => (byte)n).ArrayOf(80).Zip(Gen.Choose(0, 1), (steps, extra) => steps[..(80 - extra)]).ToArbitrary();

    [Property(MaxTest = 300)]
    public Property Replay_and_snapshots_give_the_live_state() => Prop.ForAll(Steps, steps => Run(steps).ShouldReplay());

    [Property(MaxTest = 100)]
    public Property The_same_commands_give_the_same_journal() =>
        Prop.ForAll(Steps, steps => Run(steps).Journal.ShouldBe(Run(steps).Journal));

    [Property(MaxTest = 200)]
    public Property Counts_equal_a_scan_of_the_trials_and_an_ended_search_has_nothing_open() => Prop.ForAll(Steps, steps =>
    {
        var state = Run(steps).State;

        int Of(TrialState trialState) => state.Trials.Count(trial => trial.State == trialState);

        state.Counts.ShouldBe(new Contracts.Api.TrialCounts(
            Of(TrialState.Waiting),
            Of(TrialState.Running),
            Of(TrialState.Paused),
            Of(TrialState.Completed),
            Of(TrialState.StoppedEarly),
            Of(TrialState.Failed),
            Of(TrialState.Skipped),
            state.Trials.Count(trial => trial.IsCutOff)));
        state.Counts.Running.ShouldBe(state.Leases.Values.Count(lease => lease.Key.Item.TrialId is not null));
        if (state.IsOver)
        {
            (state.Counts.Waiting, state.Counts.Paused, state.Leases.Count).ShouldBe((0, 0, 0));
        }
    });

    [Property(MaxTest = 300)]
    [Trait("Promise", "R12")]
    public Property The_best_trial_never_gets_worse_and_is_one_that_finished() => Prop.ForAll(Steps, steps =>
    {
        SearchState? state = null;
        RankedTrial? best = null;
        foreach (var e in Run(steps).Journal)
        {
            state = SearchEvolver.Apply(state, e);
            RankedTrial? now = state.Ranking.Count == 0 ? null : state.Ranking[0];
            if (best is { } before)
            {
                now.ShouldNotBeNull(e.ToString()).CompareTo(before).ShouldBeLessThanOrEqualTo(0, e.ToString());
            }

            if (now is not null)
            {
                var trial = state.Best.ShouldNotBeNull();
                trial.IsFinished.ShouldBeTrue();
                trial.Result.ShouldNotBeNull().Objective.ShouldBe(now.Value.Loss);
            }

            best = now;
        }
    });

    [Property(MaxTest = 200)]
    public Property A_search_that_is_left_to_healthy_workers_ends() => Prop.ForAll(Steps, steps =>
    {
        var search = Run(steps);
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id));
        foreach (var open in search.State.OpenLeases.ToArray())
        {
            search.Send(new SearchCommands.ReleaseLease(open.Lease, 0));
        }

        while (search.Suggest().Lease() is [var assignment, ..])
        {
            search.Report(assignment.Lease, 1, assignment is TrialAssignment
                ? new AttemptCompleted(TestSpecs.Result(1), TrainingStop.AllEpochs)
                : TestSpecs.Failed(TrialFailureKind.WorkloadError));
        }

        search.State.IsOver.ShouldBeTrue();
    });
}
