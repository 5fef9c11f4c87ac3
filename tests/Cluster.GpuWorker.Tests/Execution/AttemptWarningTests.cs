using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

public sealed class AttemptWarningTests
{
    [Fact]
    public void A_warning_is_a_numbered_report_and_each_text_is_told_once()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Warn("Checkpoint 7 is ignored.");
        call.Report(1);
        call.Warn("Checkpoint 7 is ignored.");
        call.Finish();

        fixture.Outcome().Seq.ShouldBe(3);

        fixture.Host
            .Pending(10)[0]
            .ToCommand("parent")
            .ShouldBe(new SearchCommands.ReportWarning(Samples.Lease(1), 1, new("Checkpoint 7 is ignored."), "parent"));
        fixture.Host.Pending(10).Select(report => report.Kind).ShouldBe(["warning", "measurement", "outcome"]);
    }

    [Fact]
    public void Thousands_of_warnings_are_bounded_and_the_last_one_says_so()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        Enumerable.Range(0, 5_000).ToList().ForEach(number => call.Warn($"Warning {number}"));
        call.Finish();

        fixture.Outcome().Seq.ShouldBe(AttemptWarnings.Maximum + 1);

        fixture.Host.Pending(100)[AttemptWarnings.Maximum - 1].Warning!.Text.ShouldContain("further warnings are left out");
    }

    [Fact]
    public void What_was_not_acknowledged_survives_the_end_of_the_process_in_order()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        call.Warn("The data have a constant column.");
        call.Report(2);
        call.Finish();
        fixture.Outcome();

        fixture.Restart();

        fixture.Host
            .Pending(10)
            .Select(report => (report.Seq, report.Kind))
            .ShouldBe([(1, "measurement"), (2, "warning"), (3, "measurement"), (4, "outcome")]);
    }
}
