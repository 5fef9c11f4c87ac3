using SearchCluster.Cli.Commands.Models;

namespace SearchCluster.Cli.Tests.Commands.Models;

/// <summary>What an ensemble that was not built ends its command with: the exit code of the cause, and what to do about it.</summary>
public sealed class EnsembleTroubleTests
{
    private const TrialFailureKind Wrong = TrialFailureKind.Misconfigured;

    [Theory]
    [InlineData(Wrong, "SC3311 Data 'a.csv' are others.", 3, "SC3311", "mend that, then: searchcluster ensemble build digits")]
    [InlineData(Wrong, "SC3000 There is no a.csv.", 4, "SC3000", "mend that, then: searchcluster ensemble build digits")]
    [InlineData(Wrong, "Workload 'mlp' needs data.", 3, "SC4110", "mend that")]
    [InlineData(TrialFailureKind.OutOfMemory, "The member needs 9 GiB.", 8, "SC4123", "--members, --pool")]
    [InlineData(TrialFailureKind.Timeout, "The member took more than 5 s.", 8, "SC4123", "--type top-k")]
    [InlineData(TrialFailureKind.Diverged, "The loss became NaN.", 8, "SC4123", "--type top-k")]
    [InlineData(TrialFailureKind.WorkloadError, "SC4122 None of the 2 members has a usable model.", 3, "SC4122", "put the files back")]
    [InlineData(TrialFailureKind.WorkloadError, "SC4000 The model cannot be opened.", 4, "SC4000", "put the files back")]
    [InlineData(TrialFailureKind.StorageUnavailable, "The worker's disk is full.", 12, "SC2021", "make room")]
    public void The_cause_decides(TrialFailureKind kind, string message, int exitCode, string code, string help)
    {
        var trouble = EnsembleTrouble.Of(new(kind, message), new("digits"), "mlp", "/lab");

        (trouble.ExitCode, trouble.Code).ShouldBe((exitCode, code));
        trouble.Message.ShouldStartWith("The ensemble was not built");
        trouble.Message.ShouldEndWith(message.StartsWith("SC", StringComparison.Ordinal) ? message[7..] : message);
        trouble.Help!.ShouldContain(help);
    }

    [Theory]
    [InlineData("mine", 9, "SC3353", "your workload mine failed: FormatException: no widths, in Mine.Build(Options o) in Mine.cs:line 7.")]
    [InlineData("mlp", 1, "SC0001", "The ensemble was not built: FormatException: no widths, in Mine.Build(Options o) in Mine.cs:line 7.")]
    public void An_exception_is_told_with_its_place_and_whose_it_is(string workload, int exitCode, string code, string words)
    {
        var trouble = EnsembleTrouble.Of(
            new(
                TrialFailureKind.WorkloadError,
                "FormatException: no widths",
                "System.FormatException: no widths\n   at Mine.Build(Options o) in Mine.cs:line 7\n   at Other.Run()"),
            new("digits"),
            workload,
            "/lab");

        (trouble.ExitCode, trouble.Code).ShouldBe((exitCode, code));
        trouble.Message.ShouldContain(words);
    }
}
