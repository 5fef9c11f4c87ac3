using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Insight.Reports;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class FailureTests
{
    [Fact]
    public void A_report_counts_failed_trials_by_cause_with_the_first_example()
    {
        var output = new StringWriter();
        var detail = Sample.Detail() with
        {
            Failures =
            [
                new(
                    TrialFailureKind.WorkloadError,
                    "InvalidOperationException",
                    7,
                    new TrialId(3),
                    "InvalidOperationException: no \u001b[31mbits left"),
                new(TrialFailureKind.Timeout, null, 1, new TrialId(5), "The attempt ran longer than its limit."),
            ],
        };

        FailureText.Write(output, detail);

        output.ToString().ReplaceLineEndings("\n").ShouldBe("""

            8 failed trials
              7 × InvalidOperationException, first t0003: InvalidOperationException: no \x1B[31mbits left
              1 × timeout, first t0005: The attempt ran longer than its limit.
              searchcluster explain digits t0003 tells more

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_report_without_failures_says_nothing()
    {
        var output = new StringWriter();

        FailureText.Write(output, Sample.Detail());

        output.ToString().ShouldBeEmpty();
    }
}
