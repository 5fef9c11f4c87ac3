using SearchCluster.Simulation.Checks;

namespace SearchCluster.Simulation.Tests;

/// <summary>The cluster in virtual time, with faults that a seed decides; <c>docs/simulation.md</c> tells how to run more.</summary>
public sealed class SimulatedSearchTests
{
    private const ulong FirstSeed = 1;
    private const int Seeds = 300;

    [Fact]
    [Trait("Promise", "R02")]
    [Trait("Promise", "R03")]
    [Trait("Promise", "R04")]
    [Trait("Promise", "R05")]
    [Trait("Promise", "R06")]
    [Trait("Promise", "R09")]
    [Trait("Promise", "R11")]
    [Trait("Promise", "R12")]
    [Trait("Promise", "R24")]
    public void Whatever_goes_wrong_no_invariant_is_violated_and_each_search_ends_with_the_results_of_a_quiet_one()
    {
        var failed = ManySeeds.Run(FirstSeed, Seeds, threads: 2)
            .Where(result => result.Violation is not null)
            .Select(result => result.Describe());

        failed.ShouldBeEmpty();
    }

    [Fact]
    public void A_seed_decides_everything_so_the_same_one_leaves_the_same_trace()
    {
        foreach (var seed in new ulong[] { 1, 6, 15, 71 })
        {
            var first = ManySeeds.RunOne(seed, isTracing: true);

            var second = ManySeeds.RunOne(seed, isTracing: true);

            second.Trace.ShouldBe(first.Trace);
            first.Trace.Count.ShouldBeGreaterThan(100);
        }
    }

    [Fact]
    public void Runs_beside_each_other_do_not_touch_each_other()
    {
        var alone = ManySeeds.Run(FirstSeed, 16, threads: 1).ToDictionary(result => result.Seed, result => (result.Events, result.Time));

        var beside = ManySeeds.Run(FirstSeed, 16, threads: 4).ToDictionary(result => result.Seed, result => (result.Events, result.Time));

        beside.ShouldBe(alone, ignoreOrder: true);
    }

    [Fact]
    public void Seeds_differ_in_what_goes_wrong()
    {
        var traces = Enumerable.Range(1, 40)
            .Select(seed => string.Join('\n', ManySeeds.RunOne((ulong)seed, isTracing: true).Trace))
            .ToList();

        foreach (var fault in new[]
        {
            "is killed", "freezes", "thaws", "does not come back", "ends in order", "loses its connection", "is cut off", "network: lost",
            "network: again", "reported as failed (WrittenButFailed, it is in)", "(Late, it is not in)", "(Rejected, it is not in)",
            "killed before a write", "killed after a write", "arrives all the same", "coordinator c2 starts", "the search manager stopped",
            "the journal takes no writes", "SetDrain", "client says PauseSearch", "MeasurementIgnored", "StaleLease", "ResendReports",
            "Lost", "alone", "CancelAttempt", "ReleaseLease",
        })
        {
            traces.ShouldContain(trace => trace.Contains(fault), fault);
        }
    }

    [Fact]
    public void Without_faults_each_kind_of_search_finishes_all_its_trials_at_the_first_attempt()
    {
        for (var plan = 0; plan < SearchPlan.Kinds; plan++)
        {
            var result = ManySeeds.OnThread(() => Simulation.RunQuiet(plan));

            result.Violation.ShouldBeNull();
            result.State!.Counts.Finished.ShouldBe(result.Plan.Budget);
            result.State.Trials.ShouldAllBe(trial => trial.FailedAttempts == 0);
        }
    }
}
