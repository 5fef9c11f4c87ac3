using Akka.Actor;
using Akka.Cluster;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Coordinators among themselves.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_coordinator_joins_one_that_seeds_only_itself_and_contracts_travel_between_them()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var standby = await ClusterMember.StartAsync(coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        var hello = new WorkerProtocol.WorkerGoodbye(new WorkerId("w1"), "first");

        var answer = await standby.EchoOf(coordinator).Ask<WorkerProtocol.WorkerGoodbye>(hello, Patience.Limit);

        answer.ShouldBe(hello);
        answer.ShouldNotBeSameAs(hello);
    }

    [Fact]
    [Trait("Promise", "R17")]
    public async Task A_coordinator_ends_its_system_when_the_one_that_leads_has_vanished_with_an_equal_share()
    {
        await using var first = await ClusterMember.StartAsync();
        await using var second = await ClusterMember.StartAsync(first.Endpoint);
        await first.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        var (lower, higher) = first.Cluster.SelfMember.CompareTo(second.Cluster.SelfMember) < 0 ? (first, second) : (second, first);

        await lower.KillAsync();

        await higher.System.WhenTerminated.Patiently();
    }

    [Fact]
    public void Endpoints_are_checked_and_all_problems_are_told_at_once()
    {
        var options = new ClusterEndpointOptions { Key = ClusterMember.Key, Host = " ", Port = 70_000, Seeds = ["nowhere"] };

        Should.Throw<ArgumentException>(options.ThrowIfUnusable).Message.ShouldBe(
            "Host is empty; give an IP address or a name of this machine. Port is 70000, but must be 0 to 65535. "
                + "Seed \"nowhere\" is not an endpoint; write host:port.");
    }
}
