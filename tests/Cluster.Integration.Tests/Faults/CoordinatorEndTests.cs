using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;
using AkkaCluster = Akka.Cluster.Cluster;

namespace SearchCluster.Integration.Tests.Faults;

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
            await deployment.UntilAsync(
                () => coordinator.Process.Error.Contains($"Worker w{round} is here", StringComparison.Ordinal),
                $"worker {round} is here",
                coordinator.Process,
                worker);
            await worker.KillAsync();
        }

        var last = deployment.StartWorker("last");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            "after.yaml", SpecTexts.Function("after", trials: 2, measurements: 2, sleepMilliseconds: 10)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.History("after").IsOver, "the search is over", coordinator.Process, last);
    }

    [Fact]
    public async Task One_that_the_cluster_removes_says_so_and_its_exit_code_makes_a_supervisor_start_it_again()
    {
        await using var deployment = new Deployment();
        var coordinator = await deployment.StartCoordinatorAsync();
        var seed = $"127.0.0.1:{coordinator.ClusterPort}";
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddSearchClusterCore()
            .AddSearchRemoting(new ClusterEndpointOptions
            {
                Key = ClusterKey.Load(StateFolder.Resolve(deployment.StateFolder)),
                Seeds = [seed],
            }));
        using var member = builder.Build();
        await member.StartAsync(TestContext.Current.CancellationToken);
        var cluster = AkkaCluster.Get(member.Services.GetRequiredService<ActorSystem>());
        var isUp = new TaskCompletionSource();
        cluster.RegisterOnMemberUp(isUp.SetResult);
        await isUp.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        var address = Address.Parse(ClusterEndpointOptions.ActorSystemAddress(seed));

        cluster.Down(address);

        (await coordinator.Process.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        coordinator.Process.ExitCode.ShouldBe(5, deployment.Describe());
        coordinator.Process.Error.ShouldContain("the cluster removed this coordinator");
    }
}
