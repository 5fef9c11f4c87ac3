using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>An executor gets the whole group of a lease, and its attempts may live side by side.</summary>
public sealed class GroupTests
{
    [Fact]
    public void Attempts_of_a_group_may_live_side_by_side_and_end_in_any_order()
    {
        var reports = Run(group =>
        {
            var contexts = group.Select(work => work.Begin()!).ToArray();
            contexts[0].Report(Samples.Measurement(1));
            contexts[1].Report(Samples.Measurement(1));
            group[1].End(Samples.Completed(0.1));
            contexts[0].Report(Samples.Measurement(2));
            group[0].End(Samples.Completed(0.2));
        });

        Of(reports, 1).Select(report => report.Measurement?.Resource).ShouldBe([1, 2, null]);
        Of(reports, 2).Select(report => report.Measurement?.Resource).ShouldBe([1, null]);
        Of(reports, 2)[^1].Outcome.ShouldBe(Samples.Completed(0.1));
    }

    [Fact]
    public void What_an_executor_throws_ends_the_attempts_that_are_open_and_no_other()
    {
        var reports = Run(group =>
        {
            group[0].Begin();
            group[0].End(Samples.Completed());
            group[1].Begin();
            throw new InvalidOperationException("boom");
        });

        Of(reports, 1)[^1].Outcome.ShouldBe(Samples.Completed());
        Of(reports, 2)[^1].Outcome.ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("boom");
    }

    [Fact]
    public void Attempts_that_an_executor_left_open_fail()
    {
        var reports = Run(group => group[0].Begin());

        reports.Select(report => report.Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind)
            .ShouldBe([TrialFailureKind.WorkloadError, TrialFailureKind.WorkloadError]);
    }

    [Fact]
    public void An_attempt_is_ended_once()
    {
        Exception? second = null;
        var reports = Run(group =>
        {
            group[0].Begin();
            group[0].End(Samples.Completed());
            second = Record.Exception(() => group[0].End(Samples.Completed(9)));
        });

        second.ShouldBeOfType<InvalidOperationException>();
        Of(reports, 1).ShouldHaveSingleItem().Outcome.ShouldBe(Samples.Completed());
    }

    private static PendingReport[] Of(IReadOnlyList<PendingReport> reports, int trial) =>
        [.. reports.Where(report => report.Lease == Samples.Lease(trial))];

    private static IReadOnlyList<PendingReport> Run(Action<IReadOnlyList<ILeasedWork>> run)
    {
        using var folder = new TemporaryFolder();
        using var outbox = OutcomeOutbox.Open(folder.FullPath, NullLogger.Instance);
        using var host = new AttemptHost(
            Samples.Description(),
            new ActionExecutor(run),
            new FolderArtifactStore(folder.FullPath),
            outbox,
            new(TimeProvider.System, TimeSpan.FromMinutes(1)),
            NullLogger<AttemptHost>.Instance);
        using var changed = new SemaphoreSlim(0);
        using var watch = host.Subscribe(() => changed.Release());

        host.TryStart(Samples.Group(1, 2)).ShouldBe(StartResult.Started);
        while (host.FreeSlots == 0)
        {
            changed.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue("The slot was not freed.");
        }

        return host.Pending(10);
    }

    private sealed class ActionExecutor(Action<IReadOnlyList<ILeasedWork>> run) : IWorkExecutor
    {
        public void Run(IReadOnlyList<ILeasedWork> group) => run(group);
    }
}
