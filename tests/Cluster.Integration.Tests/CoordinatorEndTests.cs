using Akka.Actor;
using Akka.Configuration;
using AkkaCluster = Akka.Cluster.Cluster;

namespace SearchCluster.Integration.Tests;

/// <summary>What ends a coordinator, and what must not.</summary>
[Trait("Category", "Integration")]
public sealed class CoordinatorEndTests
{
    [Fact]
    public async Task Workers_that_come_and_go_all_the_time_do_not_end_it()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();

        // A restart loop: in each few seconds one falls silent and another joins, so the members are never the same for long.
        for (var round = 1; round <= 10; round++)
        {
            var worker = deployment.StartWorker($"w{round}");
            await deployment.UntilAsync(() => coordinator.Process.Error.Contains($"Worker w{round} is here", StringComparison.Ordinal), $"worker {round} is here", coordinator.Process, worker);
            await worker.KillAsync();
        }

        var last = deployment.StartWorker("last");
        (await deployment.RunAsync("submit", deployment.WriteFile("after.yaml", SpecTexts.Function("after", trials: 2, measurements: 2, sleepMilliseconds: 10)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.History("after").IsOver, "the search is over", coordinator.Process, last);
    }

    [Fact]
    public async Task One_that_the_cluster_removes_says_so_and_its_exit_code_makes_a_supervisor_start_it_again()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var config = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");
        using var member = ActorSystem.Create("searchcluster", config);
        var cluster = AkkaCluster.Get(member);
        var address = Address.Parse($"akka.tcp://searchcluster@127.0.0.1:{coordinator.ClusterPort}");
        await cluster.JoinAsync(address, TestContext.Current.CancellationToken);

        cluster.Down(address);

        (await coordinator.Process.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        coordinator.Process.ExitCode.ShouldBe(5, deployment.Describe());
        coordinator.Process.Error.ShouldContain("the cluster removed this coordinator");
    }
}
