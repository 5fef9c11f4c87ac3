namespace SearchCluster.Integration.Tests.Networks;

/// <summary>Workers that reach their coordinator and nothing else, while links are cut and joined again.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R05")]
public sealed class HubAndSpokeTests
{
    [Fact]
    public async Task A_short_cut_costs_no_trial_and_a_long_one_no_result()
    {
        await using var cluster = new HubAndSpoke();
        var network = cluster.Network;
        network.Reaches("w1", "10.77.2.2").ShouldBeFalse("Workers have no way to each other.");
        network.Reaches(NetworkLab.Hub, "192.168.1.2").ShouldBeFalse("Nobody calls a machine behind address translation.");
        var quiet = await QuietAsync(trials: 4);
        await cluster.StartAsync(trials: 4, sleepMilliseconds: 200);
        var spared = cluster.History.Running.Single(attempt => attempt.WorkerId.Value == "w1").Item;

        await Task.WhenAll(network.CutAsync(number: 1, seconds: 5), network.CutAsync(number: 2, seconds: 30));
        await cluster.UntilAsync(() => cluster.History.IsOver, "the search is over");
        await cluster.UntilAsync(
            () => cluster.Workers[1].Error.Split("Connected to the coordinator").Length > 2, "the worker that was away is back");

        var history = cluster.History;
        JournalInvariants.Violations(history.Events).ShouldBeEmpty(cluster.Lab.Describe());
        history.Results().ShouldBe(quiet);
        history.Attempts.Count(attempt => attempt.Item == spared).ShouldBe(1, "A cut of 5 s costs no trial.");
        history.Attempts.Count().ShouldBeLessThanOrEqualTo(5, "Four trials, and one again: that of the worker that was away for 30 s.");
        cluster.Coordinator.Error.ShouldContain("it has sent nothing for 20 s");
        cluster.Coordinator.Error.ShouldNotContain("was refused");
    }

    /// <summary>Links are cut again and again, each for less than a lease has left; takes 20 minutes (-explicit only).</summary>
    [Fact(Explicit = true)]
    public async Task In_twenty_minutes_of_short_cuts_no_trial_begins_again()
    {
        await using var cluster = new HubAndSpoke();
        var quiet = await QuietAsync(trials: 36);
        await cluster.StartAsync(trials: 36, sleepMilliseconds: 1_000);

        var cuts = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => CutUntilOverAsync(cluster, number)));

        var history = cluster.History;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{cuts.Sum(cut => cut.Count)} cuts, {cuts.Sum(cut => cut.Sum())} s; {history.Attempts.Count()} attempts of 36 trials; "
                + $"{cluster.Workers.Sum(worker => worker.Error.Split("is built anew").Length - 1)} connections built anew");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty(cluster.Lab.Describe());
        history.Results().ShouldBe(quiet);
        history.Attempts.Count().ShouldBe(36);
    }

    private static async Task<IReadOnlyList<int>> CutUntilOverAsync(HubAndSpoke cluster, int number)
    {
        var random = new Random(number);
        var cuts = new List<int>();
        while (!cluster.History.IsOver)
        {
            cuts.Add(random.Next(1, 9));
            await cluster.Network.CutAsync(number, cuts[^1], after: random.Next(15, 45));
        }

        return cuts;
    }

    private static async Task<IReadOnlyList<string>> QuietAsync(int trials)
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", HubAndSpoke.Spec(quiet, trials, sleepMilliseconds: 1), "--slots", "4", "--port", "0"))
            .ShouldExitWith(0);
        return quiet.History(HubAndSpoke.Search).Results();
    }
}
