using SearchCluster.Cli.Commands.Cluster;
using SearchCluster.Contracts.Api;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.Tests.Commands.Cluster;

public sealed class NodesTests
{
    [Fact]
    public void What_launcher_and_coordinator_know_of_a_worker_is_one_line()
    {
        var nodes = NodesCommand.Nodes(
            Launch(
                View("coordinator", ProcessRole.Coordinator),
                View("lab-cuda0", ProcessRole.Worker),
                View("lab-cuda1", ProcessRole.Worker)),
            Cluster(Worker("lab-cuda0", "lab"), Worker("far-cuda0", "far"), Worker("alone", null)));

        nodes.Select(node => (node.Name, node.IsHere, string.Join(' ', node.Processes.Select(process => process.Name)))).ShouldBe(
        [
            ("lab", true, "coordinator lab-cuda0 lab-cuda1"),
            ("far", false, "far-cuda0"),
            (null, false, "alone"),
        ]);
        var here = nodes[0].Processes;
        (here[1].Slots, here[1].Pid, here[1].State, here[1].Device).ShouldBe((2, 17, "ready", "H100"));
        (here[2].Slots, here[2].Pid, here[2].State).ShouldBe((null, 17, "ready"));
        (nodes[1].Processes[0].State, nodes[1].Processes[0].Pid).ShouldBe(("connected", null));
    }

    [Fact]
    public void Without_a_launcher_the_coordinators_workers_are_all() =>
        NodesCommand.Nodes(null, Cluster(Worker("lab-cpu", "lab"))).ShouldHaveSingleItem().IsHere.ShouldBeFalse();

    private static LaunchFile Launch(params ProcessView[] processes) => new()
    {
        Node = "lab",
        Pid = 4711,
        Version = "1.0",
        StartedAt = DateTimeOffset.UnixEpoch,
        Processes = processes,
    };

    private static ProcessView View(string name, ProcessRole role) => new()
    {
        Name = name,
        Role = role,
        Phase = ProcessPhase.Ready,
        Pid = 17,
        Since = DateTimeOffset.UnixEpoch,
    };

    private static ClusterView Cluster(params WorkerView[] workers) => new("1.0", DateTimeOffset.UnixEpoch, workers.ToValueArray(), 0);

    private static WorkerView Worker(string name, string? node) => new(
        new(
            new(name),
            "i",
            new("cuda", "H100", 80L << 30),
            2,
            node is null ? ValueMap<string>.Empty : new([KeyValuePair.Create("node", node)]),
            "1.0"),
        [],
        DateTimeOffset.UnixEpoch);
}
