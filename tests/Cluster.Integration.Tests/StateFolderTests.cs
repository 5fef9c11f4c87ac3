namespace SearchCluster.Integration.Tests;

/// <summary>A state folder that cannot be used ends a process at once, with one clear sentence.</summary>
[Trait("Category", "Integration")]
public sealed class StateFolderTests
{
    [Fact]
    public async Task A_journal_that_is_no_database_ends_run_and_coordinator()
    {
        await using var deployment = new Deployment();
        await File.WriteAllTextAsync(
            deployment.JournalFile,
            string.Concat(Enumerable.Repeat("This is a shopping list, not a database.\n", 200)),
            TestContext.Current.CancellationToken);
        var spec = deployment.WriteFile("any.yaml", SpecTexts.Function("any", 1, 1, 0));

        foreach (string[] command in new string[][] { ["run", spec, "--port", "0"], ["coordinator", "--port", "0", "--cluster-port", "0"] })
        {
            var result = await deployment.RunAsync(command);

            result.ExitCode.ShouldNotBe(0);
            result.Error.ShouldContain($"{deployment.JournalFile} cannot be opened: the file is not a SQLite database.");
            result.Error.ShouldNotContain("   at ");
        }
    }

    [Fact]
    [Trait("Promise", "R17")]
    public async Task A_second_coordinator_is_refused_with_the_first_ones_process_number()
    {
        await using var deployment = new Deployment();
        var first = await deployment.StartCoordinatorAsync();

        var second = await deployment.RunAsync("coordinator", "--port", "0", "--cluster-port", "0");

        second.ExitCode.ShouldNotBe(0);
        second.Error.ShouldContain($"{first.Process.Id}");
        second.Error.ShouldNotContain("   at ");
        (await deployment.RunAsync("status")).ShouldExitWith(0);
    }
}
