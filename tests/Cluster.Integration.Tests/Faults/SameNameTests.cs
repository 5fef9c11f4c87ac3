namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Two worker processes of one name, each in a folder of its own.</summary>
[Trait("Category", "Integration")]
public sealed class SameNameTests
{
    [Fact]
    public async Task The_worker_that_is_alive_keeps_its_name_and_trial_and_the_second_is_told_who_has_the_name()
    {
        await using var deployment = new Deployment();
        await using var other = new Deployment();
        var (coordinator, first) = await StartAsync(deployment, other, "kept");

        var second = await other.RunAsync(Arguments(coordinator));

        second.ShouldExitWith(7);
        second.Error.ShouldContain(CommandCodes.WorkerRefused);
        second.Error.ShouldContain("The name w1 is that of another worker, which is alive: process "
            + $"{first.Id} on {Environment.MachineName}, since ");
        second.Error.ShouldContain(
            $"in {Path.Combine(deployment.StateFolder, "workers", "w1")}. Give this one a name of its own with --name");
        await deployment.UntilAsync(() => deployment.History("kept").IsOver, "the search is over", coordinator.Process, first);
        deployment.History("kept").Attempts.ShouldHaveSingleItem().WorkerId.Value.ShouldBe("w1");
        first.Error.ShouldNotContain("warning");
    }

    [Fact]
    public async Task A_worker_that_was_killed_leaves_its_name_to_itself_at_once_and_to_another_when_it_is_not_reached()
    {
        await using var deployment = new Deployment();
        await using var other = new Deployment();
        var (coordinator, first) = await StartAsync(deployment, other, "left");
        await first.KillAsync();

        var again = deployment.StartWorker("w1");
        await deployment.UntilAsync(
            () => deployment.History("left").Attempts.Count() == 2, "the same worker goes on", coordinator.Process, again);
        coordinator.Process.Error.ShouldNotContain("is asked whether it is alive");
        await again.KillAsync();

        var second = other.Start("second", Arguments(coordinator));
        await deployment.UntilAsync(
            () => deployment.History("left").Attempts.Count() == 3, "the second worker goes on", coordinator.Process, second);
        await deployment.UntilAsync(() => deployment.History("left").IsOver, "the search is over", coordinator.Process, second);
        JournalInvariants.Violations(deployment.History("left").Events).ShouldBeEmpty();
    }

    // With the key of the same cluster, as on another machine of it.
    private static async Task<(CoordinatorProcess Coordinator, SearchClusterProcess First)> StartAsync(
        Deployment deployment, Deployment other, string search)
    {
        var coordinator = await deployment.StartCoordinatorAsync();
        foreach (var secret in new[] { "cluster.key", "token" })
        {
            File.Copy(Path.Combine(deployment.StateFolder, secret), Path.Combine(other.StateFolder, secret));
        }

        var first = deployment.StartWorker("w1");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            search + ".yaml", SpecTexts.Function(search, trials: 1, measurements: 200, sleepMilliseconds: 60)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.EventCount(search) > 5, "the trial reports", coordinator.Process, first);
        return (coordinator, first);
    }

    private static string[] Arguments(CoordinatorProcess coordinator) =>
        ["worker", "--name", "w1", "--device", "cpu", "--slots", "1", "--coordinator", $"127.0.0.1:{coordinator.ClusterPort}"];
}
