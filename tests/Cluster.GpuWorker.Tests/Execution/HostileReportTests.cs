using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>What a workload reports is checked before anything of it leaves the worker.</summary>
public sealed class HostileReportTests
{
    [Fact]
    public void A_workload_that_returns_null_fails_its_trial_with_a_sentence()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().FinishWithNothing();

        FailureOf(fixture).ShouldBe(
            "The workload returned null instead of an outcome; return AttemptCompleted, AttemptHalted or AttemptFailed.");
    }

    [Fact]
    public void A_workload_that_reports_null_fails_its_trial_although_it_finishes()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report((Measurement?)null);
        call.Finish();

        FailureOf(fixture).ShouldContain("reported null instead of a measurement");
        fixture.Host.Pending(10).ShouldHaveSingleItem();
    }

    public static TheoryData<string, string> Names => new()
    {
        { "", "has 0 characters" },
        { new string('x', 100_000), "has 100000 characters" },
        { "val/\u001b[31mloss", "control characters" },
        { "val/" + '\ud800', "half a character" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_is_none_fails_the_trial(string name, string why)
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Report(new Measurement(1, new ValueMap<double>([new(name, 1)]), TimeSpan.Zero));

        FailureOf(fixture).ShouldContain(why);
    }

    [Fact]
    public void A_result_without_metrics_and_a_reason_that_is_none_fail_the_trial()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Finish(Samples.Completed() with { StopReason = (TrainingStop)77 });

        FailureOf(fixture).ShouldContain("for a reason that is none");
    }

    [Fact]
    public void A_workload_that_halts_although_nobody_asked_it_to_is_not_tried_for_ever()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Finish(new AttemptHalted(1, null));

        FailureOf(fixture).ShouldContain("halted although nobody asked it to");
    }

    [Fact]
    public void A_workload_that_pauses_although_nobody_asked_it_to_is_done()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Finish(Samples.Completed() with { StopReason = TrainingStop.ResourceLimit });

        fixture.Outcome().Outcome.ShouldBe(Samples.Completed());
    }

    [Fact]
    public void An_exception_full_of_control_characters_becomes_one_sentence_and_keeps_its_stack()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Throw(new InvalidOperationException("\u001b[2Jboom\u0007\n" + new string('x', 1_000_000)));

        var failure = fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure;

        failure.Message.ShouldBe("InvalidOperationException: \\x1B[2Jboom\\x07");
        failure.Detail!.Length.ShouldBeLessThanOrEqualTo(AttemptFailure.MaximumDetailBytes);
        failure.Detail.ShouldNotContain("\u001b");
    }

    private static string FailureOf(HostFixture fixture)
    {
        var failure = fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure;
        failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        return failure.Message;
    }
}
