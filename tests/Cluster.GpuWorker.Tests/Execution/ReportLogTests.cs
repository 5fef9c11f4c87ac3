using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

public sealed class ReportLogTests
{
    [Fact]
    public void Reports_are_numbered_from_1_without_gaps_and_the_outcome_is_last()
    {
        var log = new ReportLog(Samples.Lease(1));
        log.Add(Samples.Measurement(1), null);
        log.Add(Samples.Measurement(2), null);

        log.End(log.PrepareEnd(Samples.Completed(), null).Outcome);

        log.Pending.Select(report => report.Seq).ShouldBe([1, 2, 3]);
        log.Pending.Last().Outcome.ShouldBe(Samples.Completed());
    }

    [Fact]
    public void Beyond_the_backlog_only_the_newest_measurement_waits_and_gets_the_next_number()
    {
        var log = new ReportLog(Samples.Lease(1), maximumBacklog: 2);
        for (var resource = 1; resource <= 5; resource++)
        {
            log.Add(Samples.Measurement(resource), null);
        }

        log.Acknowledge(1);

        log.Pending.Select(report => (report.Seq, report.Measurement!.Resource)).ShouldBe([(2, 2), (3, 5)]);
    }

    [Fact]
    public void A_measurement_that_waits_goes_before_the_outcome()
    {
        var log = new ReportLog(Samples.Lease(1), maximumBacklog: 1);
        log.Add(Samples.Measurement(1), null);
        log.Add(Samples.Measurement(2), null);

        var stored = log.PrepareEnd(Samples.Completed(), null);

        stored.Measurements.Select(report => report.Seq).ShouldBe([1, 2]);
        stored.Outcome.Seq.ShouldBe(3);
    }

    [Fact]
    public void It_is_over_when_the_outcome_is_acknowledged_and_not_before()
    {
        var log = new ReportLog(Samples.Lease(1));
        log.Add(Samples.Measurement(1), null);
        log.End(log.PrepareEnd(Samples.Completed(), null).Outcome);

        log.Acknowledge(1).ShouldBeFalse();
        log.Acknowledge(2).ShouldBeTrue();
    }

    [Fact]
    public void What_an_earlier_process_stored_is_sent_as_it_was()
    {
        var stored = Samples.Stored(4, measurements: 2);

        var log = ReportLog.Restore(stored);

        log.Pending.Select(report => report.ToCommand(null)).ShouldBe([.. stored.Measurements, stored.Outcome]);
    }
}
