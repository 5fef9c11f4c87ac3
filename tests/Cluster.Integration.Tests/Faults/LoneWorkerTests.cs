namespace SearchCluster.Integration.Tests.Faults;

/// <summary>A coordinator that is killed and started again gets its only worker back, and the worker's trial never notices.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R15")]
public sealed class LoneWorkerTests
{
    private const string Search = "lonely";

    private static readonly WorkItem Trial = WorkItem.Trial(new TrialId(0));

    [Fact]
    public async Task A_lone_worker_comes_back_to_a_restarted_coordinator_on_another_and_on_the_same_port()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var worker = deployment.StartWorker("w1");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            "lonely.yaml", SpecTexts.Function(Search, trials: 1, measurements: 10_000, sleepMilliseconds: 50)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.EventCount(Search) > 5, "the trial reports", worker);

        await coordinator.Process.KillAsync();
        var other = await deployment.StartCoordinatorAsync();
        await ReattachesAsync(deployment, worker, "another port");

        await other.Process.KillAsync();
        var same = await deployment.StartCoordinatorAsync(other.HttpPort, other.ClusterPort);
        await ReattachesAsync(deployment, worker, "the same port");

        same.ClusterPort.ShouldBe(other.ClusterPort);
        (await deployment.RunAsync("stop", Search, "--now")).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.History(Search).IsOver, "the search is over", worker, same.Process);
        var history = deployment.History(Search);
        history.Attempts.ShouldHaveSingleItem().Item.ShouldBe(Trial);
        history.Events
            .OfType<SearchEvents.MeasurementReported>()
            .Select(m => m.Measurement.Resource)
            .ShouldBe(Enumerable.Range(1, history.Events.OfType<SearchEvents.MeasurementReported>().Count()));
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
    }

    private static async Task ReattachesAsync(Deployment deployment, SearchClusterProcess worker, string port)
    {
        var before = deployment.EventCount(Search);
        var time = await deployment.UntilAsync(
            () => deployment.EventCount(Search) > before + 3, "the worker's reports arrive again", worker);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"on {port}: first reports {time.TotalSeconds:F1} s after the coordinator was ready");
    }
}
