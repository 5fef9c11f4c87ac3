using SearchCluster.TestKit.Telemetry;

namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>Instruments that only faults move.</summary>
public sealed class FaultMetricsTests
{
    [Fact]
    public async Task A_lease_that_runs_out_and_the_late_report_are_counted()
    {
        using var readings = new Readings();
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("counted-lease", trials: 1));
        var silent = system.Worker("silent");
        await silent.ConnectAsync();
        var lease = await silent.LeaseAsync();

        system.Clock.Advance(TimeSpan.FromSeconds(16));
        await system.WhenAsync("counted-lease", detail => detail.Summary.Counts.Running == 0);
        var other = system.Worker("other");
        await other.ConnectAsync();
        await other.LeaseAsync();
        silent.Finish(lease, 1);
        await silent.ExpectAsync<WorkerProtocol.StaleLease>();

        readings.Of("leases.expired", "counted-lease").ShouldBe(1);
        readings.Of("results.stale", "outcome").ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_report_that_comes_again_and_a_failed_trial_are_counted()
    {
        using var readings = new Readings();
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("counted-again", trials: 2));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        worker.Finish(lease, 1);
        await system.WhenAsync("counted-again", detail => detail.Summary.Counts.Completed == 1);

        worker.Finish(lease, 1);
        await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        var second = await worker.LeaseAsync();
        worker.Send(new SearchCommands.ReportOutcome(second, 1, new AttemptFailed(new(TrialFailureKind.WorkloadError, "It broke.")), null));
        await system.WhenAsync("counted-again", detail => detail.Summary.Counts.Failed == 1);

        readings.Of("results.duplicates", "outcome").ShouldBeGreaterThanOrEqualTo(1);
        readings.Of("trials.finished", "counted-again").ShouldBe(2);
        readings.Of("trials.finished", "Failed").ShouldBeGreaterThanOrEqualTo(1);
    }
}
