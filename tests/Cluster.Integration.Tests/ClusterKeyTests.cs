namespace SearchCluster.Integration.Tests;

/// <summary>Processes that do not have the key of a cluster, and processes that stop in the middle of showing it.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "S01")]
public sealed class ClusterKeyTests
{
    [Fact]
    public async Task A_worker_of_another_state_folder_is_refused_and_the_one_with_its_name_goes_on()
    {
        await using var deployment = new Deployment();
        await using var other = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var first = deployment.StartWorker("w1");
        await deployment.UntilAsync(
            () => coordinator.Process.Error.Contains("Worker w1 is here", StringComparison.Ordinal),
            "the first worker is here",
            coordinator.Process,
            first);

        var second = await other.RunAsync(
            "worker", "--name", "w1", "--device", "cpu", "--coordinator", $"127.0.0.1:{coordinator.ClusterPort}");

        second.ShouldExitWith(6);
        second.Error.ShouldContain(ProblemCodes.NoKey);
        second.Error.ShouldContain($"There is no key of a cluster at {Path.Combine(other.StateFolder, "cluster.key")}");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            "on.yaml", SpecTexts.Function("on", trials: 2, measurements: 2, sleepMilliseconds: 10)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.History("on").IsOver, "the search is over", coordinator.Process, first);
        deployment.History("on").Attempts.ShouldAllBe(attempt => attempt.WorkerId.Value == "w1");
    }

    [Fact]
    public async Task A_worker_with_the_key_of_another_cluster_is_refused_and_both_clusters_go_on()
    {
        await using var deployment = new Deployment();
        await using var other = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var neighbour = await other.StartCoordinatorAsync();

        var lost = await other.RunAsync(
            "worker", "--name", "w1", "--device", "cpu", "--coordinator", $"127.0.0.1:{coordinator.ClusterPort}");

        lost.ShouldExitWith(6);
        lost.Error.ShouldContain($"does not have the key in {Path.Combine(other.StateFolder, "cluster.key")}");
        var worker = other.StartWorker("w1");
        await other.UntilAsync(
            () => neighbour.Process.Error.Contains("Worker w1 is here", StringComparison.Ordinal),
            "the worker is with its own coordinator",
            neighbour.Process,
            coordinator.Process,
            worker);
        coordinator.Process.Error.ShouldNotContain("w1");
    }

    [Fact]
    public async Task Processes_that_are_frozen_or_killed_while_they_connect_take_nobody_with_them()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGSTOP is sent on Linux only.");
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var killed = new List<SearchClusterProcess>();
        for (var i = 0; i < 6; i++)
        {
            // From before the first call to after the welcome.
            var worker = deployment.StartWorker($"killed{i}");
            await deployment.UntilAsync(
                () => worker.Error.Contains("Connects to the coordinator", StringComparison.Ordinal), "the worker connects", worker);
            await Polling.UntilAsync(() => false, TimeSpan.FromMilliseconds(60 * i));
            await worker.KillAsync();
            killed.Add(worker);
        }

        coordinator.Process.Freeze();
        var patient = deployment.StartWorker("patient");
        await deployment.UntilAsync(
            () => patient.Error.Contains("is built anew", StringComparison.Ordinal), "the worker has called a frozen coordinator", patient);
        coordinator.Process.Thaw();

        await deployment.UntilAsync(
            () => coordinator.Process.Error.Contains("Worker patient is here", StringComparison.Ordinal),
            "the worker is here",
            coordinator.Process,
            patient);
    }
}
