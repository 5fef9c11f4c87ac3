using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SearchCluster.Search.Decisions.Keeping;

namespace SearchCluster.Search.Tests.Searches.Journals;

/// <summary>What a keep policy lets go, after each event of random lives of searches.</summary>
public sealed class KeptArtifactsProperties
{
    private static Arbitrary<byte[]> Steps => Gen.Choose(0, 255).Select(n => (byte)n).ArrayOf(100).ToArbitrary();

    [Property(MaxTest = 300)]
    [Trait("Promise", "R12")]
    public Property Nothing_goes_that_a_result_names_or_that_may_run() => Prop.ForAll(Steps, steps =>
    {
        var policy = new CheckpointSpec(KeepBest: 1 + (steps[0] % 2), KeepLast: steps[1] % 2 == 0 ? null : 1);
        var spec = TestSpecs.Spec(6, steps[2] % 3 == 0 ? null : "top-k") with
        {
            Checkpoint = policy,
            Resources = new ResourcesSpec(Concurrency: 3),
        };
        var gone = new HashSet<int>();
        SearchState? state = null;
        foreach (var e in LifeOf(spec, steps).Journal)
        {
            state = SearchEvolver.Apply(state, e);
            gone = e is SearchEvents.SearchRestarted ? [] : gone;
            var plan = KeptArtifacts.Plan(state);

            plan.Models.ShouldBeSubsetOf(plan.Checkpoints);
            gone.UnionWith(plan.Models);
            foreach (var number in plan.Checkpoints)
            {
                var trial = state.Trials[number];
                trial.IsFinished.ShouldBeTrue();
                trial.State.ShouldNotBe(TrialState.Failed);
                trial.IsCutOff.ShouldBeFalse();
                trial.Fence.ShouldBeNull();
            }

            // What went once is never named later, also not after the search was extended: nobody brings it back.
            EnsembleRules.Assigned(state).ShouldAllBe(member => !gone.Contains(member.TrialId.Number), e.ToString());
            state.Ranking.Take(policy.KeepBest!.Value).ShouldAllBe(ranked => !gone.Contains(ranked.Trial), e.ToString());
            if (state.IsOver)
            {
                var named = state.Ranking.Take(policy.KeepBest!.Value).Select(ranked => ranked.Trial)
                    .Concat(state.Ensemble.Report?.Members.Select(member => member.Number) ?? []);
                named.ShouldAllBe(number => !plan.Models.Contains(number), e.ToString());
            }
            else
            {
                plan.Models.ShouldBeEmpty();
            }
        }

        state!.OpenLeases.Where(lease => lease.Lease.Item.TrialId is not null)
            .ShouldAllBe(lease => !gone.Contains(lease.Lease.Item.TrialId!.Value.Number));
    });

    [Fact]
    public void Of_a_search_that_is_over_the_best_the_last_and_the_members_of_the_ensemble_stay()
    {
        var search = Played(new CheckpointSpec(KeepBest: 1, KeepLast: 1), [3, 1, 2, 5, 4, 6], "top-k");

        var plan = KeptArtifacts.Plan(search.State);

        // 3 members vote: losses 1, 2 and 3; the last one finished has 6.
        plan.Models.ShouldBe([3, 4]);
        plan.Checkpoints.ShouldBe([3, 4]);
    }

    [Fact]
    public void Trials_that_other_searches_start_from_stay() =>
        KeptArtifacts.Plan(Played(new CheckpointSpec(KeepBest: 1), [3, 1, 2, 5, 4, 6]).State, new HashSet<int> { 3 }).Models
            .ShouldBe([0, 2, 4, 5]);

    [Fact]
    public void Without_a_policy_everything_stays() =>
        KeptArtifacts.Plan(Played(new CheckpointSpec(), [3, 1, 2, 5, 4, 6]).State).ShouldBe(DispensableArtifacts.None);

    [Fact]
    public void While_a_search_runs_models_stay_and_checkpoints_of_trials_that_are_over_go()
    {
        var search = Played(new CheckpointSpec(KeepBest: 1), [3, 1, 2], trials: 6);

        var plan = KeptArtifacts.Plan(search.State);

        plan.Models.ShouldBeEmpty();
        plan.Checkpoints.ShouldBe([0, 2]);
    }

    private static SearchScenario Played(CheckpointSpec policy, double[] losses, string? ensemble = null, int? trials = null)
    {
        var search = new SearchScenario(TestSpecs.Spec(trials ?? losses.Length, ensemble) with { Checkpoint = policy });
        foreach (var loss in losses)
        {
            var assignment = search.Suggest().Lease().Single();
            search.Report(assignment.Lease, 1, new AttemptCompleted(TestSpecs.Result(loss), TrainingStop.AllEpochs));
        }

        while (trials is null && search.Suggest().Lease() is [var last, ..])
        {
            search.Report(last.Lease, 1, TestSpecs.Failed(TrialFailureKind.WorkloadError));
        }

        return search;
    }

    private static SearchScenario LifeOf(SearchSpec spec, byte[] steps)
    {
        var search = new SearchScenario(spec);
        foreach (var step in steps)
        {
            search.Now += TimeSpan.FromSeconds(step % 7);
            Step(search, step);
        }

        return search;
    }

    private static void Step(SearchScenario search, byte step)
    {
        var open = search.State.OpenLeases.Select(lease => lease.Lease).ToArray();
        var lease = open.Length == 0 ? default(LeaseKey?) : open[step / 16 % open.Length];
        switch (step % 16)
        {
            case <= 2:
                search.Suggest(prefetch: 2);
                break;
            case <= 6:
                search.Lease(slots: 1 + (step / 16 % 3));
                break;
            case <= 11 when lease is { } key:
                search.Send(new SearchCommands.ReportOutcome(key, search.State.Leases[key.Fence].LastSeq + 1, Outcome(step, key), null));
                break;
            case 12 when lease is { } key:
                search.Expire(key);
                break;
            case 13:
                search.Send(step < 128 ? new SearchCommands.PauseSearch(TestSpecs.Id) : new SearchCommands.ResumeSearch(TestSpecs.Id));
                break;
            case 14 when step > 224:
                search.Send(new SearchCommands.StopSearch(TestSpecs.Id, (StopMode)(step / 16 % 2)));
                break;
            case 15:
                search.Send(step < 128
                    ? new SearchCommands.CheckLimits(TestSpecs.Id)
                    : new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTrials: 1));
                break;
        }
    }

    private static WorkOutcome Outcome(byte step, LeaseKey lease) => lease.Item == WorkItem.Ensemble
        ? new EnsembleCompleted(new EnsembleReport([], EnsembleCombination.Vote, ValueMap<double>.Empty, ValueMap<double>.Empty, "path"))
        : (step / 16) switch
        {
            < 10 => new AttemptCompleted(TestSpecs.Result(step), TrainingStop.AllEpochs),
            < 12 => new AttemptHalted(1, step % 2 == 0 ? TestSpecs.Result(step) : null),
            < 14 => TestSpecs.Failed(TrialFailureKind.WorkloadError),
            _ => TestSpecs.Failed(TrialFailureKind.WorkerLost),
        };
}
