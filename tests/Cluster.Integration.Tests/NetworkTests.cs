using System.Text.Json;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Integration.Tests;

/// <summary>A coordinator, a worker and commands with state folders of their own, on an address that other machines reach.</summary>
/// <remarks>Nothing is shared but the wire: certificates open all that members need.</remarks>
[Trait("Category", "Integration")]
[Trait("Promise", "S02")]
public sealed class NetworkTests
{
    [Fact]
    public async Task A_search_runs_over_TLS_and_a_revoked_worker_is_cut_off()
    {
        var host = OwnAddress.Require();
        await using var lab = new Deployment();
        await using var machine = new Deployment();
        await using var laptop = new Deployment();
        using var authority = new TestAuthority(lab: lab.StateFolder);
        authority.JoinAt(lab.StateFolder, TestAuthority.Lab, NodeRole.Coordinator, host);
        authority.JoinAt(machine.StateFolder, "w1", NodeRole.Worker);
        authority.JoinAt(laptop.StateFolder, "laptop", NodeRole.Client, "laptop");

        var coordinator = await StartCoordinatorAsync(lab, host);
        coordinator.Url.Scheme.ShouldBe("https");
        var worker = machine.Start(
            "w1", "worker", "--name", "w1", "--device", "cpu", "--slots", "2",
            "--coordinator", $"{host}:{coordinator.ClusterPort}");
        var spec = laptop.WriteFile("over.yaml", SpecTexts.Digits("over", trials: 3, epochs: 3));

        var result = await laptop.RunAsync(
            "submit", spec, "--wait", "--json", "--coordinator", coordinator.Url.AbsoluteUri,
            "--token-file", Path.Combine(lab.StateFolder, "token"));

        result.ShouldExitWith(0);
        lab.History("over").Attempts.ShouldAllBe(attempt => attempt.WorkerId.Value == "w1");
        JournalInvariants.Violations(lab.History("over").Events).ShouldBeEmpty();
        Models(lab).ShouldBeGreaterThanOrEqualTo(3, "checkpoints and models went to the coordinator");
        Models(machine).ShouldBe(0);
        File.Exists(Path.Combine(machine.StateFolder, "token")).ShouldBeFalse();
        File.Exists(Path.Combine(lab.StateFolder, "cluster.key")).ShouldBeFalse();
        File.Exists(Path.Combine(machine.StateFolder, "cluster.key")).ShouldBeFalse();
        (await lab.RunAsync("list")).ShouldExitWith(0).Output.ShouldContain("over");

        authority.Revoke("w1");
        var taken = await lab.UntilAsync(
            () => coordinator.Process.Error.Contains("was revoked at", StringComparison.Ordinal),
            "the worker is cut off",
            coordinator.Process,
            worker);
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_worker_of_another_cluster_and_commands_that_trust_another_one_end_with_a_sentence()
    {
        var host = OwnAddress.Require();
        await using var lab = new Deployment();
        await using var machine = new Deployment();
        using var authority = new TestAuthority(lab: lab.StateFolder);
        using var elsewhere = new TestAuthority();
        authority.JoinAt(lab.StateFolder, TestAuthority.Lab, NodeRole.Coordinator, host);
        elsewhere.JoinAt(machine.StateFolder, "w1", NodeRole.Worker);
        var coordinator = await StartCoordinatorAsync(lab, host);

        var worker = await machine.RunAsync(
            "worker", "--name", "w1", "--device", "cpu", "--coordinator", $"{host}:{coordinator.ClusterPort}");
        var list = await machine.RunAsync(
            "list", "--coordinator", coordinator.Url.AbsoluteUri, "--token-file", Path.Combine(lab.StateFolder, "token"));

        worker.ShouldExitWith(6);
        worker.Error.ShouldContain(ProblemCodes.Untrusted);
        worker.Error.ShouldContain("do not accept each other");
        list.ShouldExitWith(6);
        list.Error.ShouldContain(ProblemCodes.Untrusted);
        list.Error.ShouldContain("is not one of this cluster");
        coordinator.Process.Error.ShouldContain("to the port for workers was refused");
    }

    [Fact]
    public async Task Without_a_certificate_nothing_starts_there()
    {
        var host = OwnAddress.Require();
        await using var deployment = new Deployment();

        var coordinator = await deployment.RunAsync("coordinator", "--host", host, "--port", "0");
        var worker = await deployment.RunAsync("worker", "--device", "cpu", "--coordinator", $"{host}:8643");

        coordinator.ShouldExitWith(2);
        coordinator.Error.ShouldContain($"The HTTP address is {host}, which other machines reach, so it needs TLS");
        worker.ShouldExitWith(2);
        worker.Error.ShouldContain($"The coordinator is at {host}, on a network, so workers speak TLS with it");
    }

    private static int Models(Deployment deployment) => Path.Combine(deployment.StateFolder, "searches") is var folder
        && Directory.Exists(folder) ? Directory.GetFiles(folder, "model.scm", SearchOption.AllDirectories).Length : 0;

    private static async Task<CoordinatorProcess> StartCoordinatorAsync(Deployment lab, string host)
    {
        var process = lab.Start(
            "coordinator", "coordinator", "--json", "--port", "0", "--cluster-port", "0", "--host", host, "--cluster-host", host);
        await lab.UntilAsync(() => process.Output.Length > 0, "the coordinator is ready", process);
        return new(process, JsonElement.Parse(process.Output));
    }
}
