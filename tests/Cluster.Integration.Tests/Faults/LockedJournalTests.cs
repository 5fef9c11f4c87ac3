using Microsoft.Data.Sqlite;

namespace SearchCluster.Integration.Tests.Faults;

/// <summary>A run whose journal another program holds for a while.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R19")]
public sealed class LockedJournalTests
{
    private const string Search = "locked";

    [Fact]
    public async Task A_run_tells_that_it_waits_and_goes_on_by_itself()
    {
        await using var deployment = new Deployment();
        var spec = deployment.WriteFile(
            "locked.yaml", SpecTexts.Function(Search, trials: 60, measurements: 4, sleepMilliseconds: 40) + "\nretry: { max: 20 }\n");
        var run = deployment.Start("run", "run", spec, "--slots", "2", "--port", "0");
        await deployment.UntilAsync(() => deployment.EventCount(Search) > 10, "trials run", run);

        await using (var other = new SqliteConnection($"Data Source={deployment.JournalFile};Pooling=false"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await deployment.UntilAsync(
                () => run.Error.Contains("the search waits", StringComparison.Ordinal), "the trouble is told", run);
        }

        (await run.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        run.ExitCode.ShouldBe(0, deployment.Describe());
        run.Error.ShouldContain("The search goes on.");
        var history = deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Finished.Count().ShouldBe(60);
    }
}
