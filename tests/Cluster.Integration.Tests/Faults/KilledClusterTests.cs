namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Coordinator and workers as separate processes, killed with SIGKILL in turn and together.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R02")]
public sealed class KilledClusterTests
{
    private const ulong Seed = 20_261_124;
    private const string Search = "stormy";
    private const int MostEvents = 50;

    [Fact]
    public async Task Killing_each_process_in_turn_and_all_together_changes_no_result()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "1", "--port", "0")).ShouldExitWith(0);
        await using var deployment = new Deployment();
        var nemesis = new Nemesis(deployment, Seed);
        var cluster = new Dictionary<string, SearchClusterProcess>();
        await StartAsync(deployment, cluster, "coordinator", "w1", "w2");
        (await deployment.RunAsync("submit", Spec(deployment))).ShouldExitWith(0);

        foreach (string[] victims in new string[][]
        {
            ["w1"],
            ["coordinator"],
            ["w2"],
            ["w1", "w2"],
            ["coordinator", "w1"],
            ["coordinator", "w1", "w2"],
        })
        {
            var isStruck = await nemesis.StrikeAfterEventsAsync(Search, MostEvents, [.. victims.Select(v => cluster[v])]);
            isStruck.ShouldBeTrue(deployment.Describe());
            deployment.History(Search).IsOver.ShouldBeFalse("the search ended before all strikes");
            await StartAsync(deployment, cluster, victims);
        }

        await deployment.UntilAsync(() => deployment.History(Search).IsOver, "the search is over", [.. cluster.Values]);
        var history = deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
    }

    private static async Task StartAsync(Deployment deployment, Dictionary<string, SearchClusterProcess> cluster, params string[] names)
    {
        foreach (var name in names)
        {
            cluster[name] = name == "coordinator" ? (await deployment.StartCoordinatorAsync()).Process : deployment.StartWorker(name);
        }
    }

    private static string Spec(Deployment deployment) =>
        deployment.WriteFile(
            "stormy.yaml", SpecTexts.Function(Search, trials: 110, measurements: 4, sleepMilliseconds: 20) + "\nretry: { max: 20 }\n");
}
