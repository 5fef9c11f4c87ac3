using System.Text.Json;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Integration.Tests.Networks;

/// <summary>A coordinator in the middle and three workers that reach it and nothing else, two of them behind address translation with the
/// same private address; one search of theirs.</summary>
internal sealed class HubAndSpoke : IAsyncDisposable
{
    public const string Search = "hub";

    private const int HttpPort = 8642;
    private const int ClusterPort = 8643;
    private static readonly string[] Names = ["w1", "w2", "w3"];

    private readonly TestAuthority _authority;

    public HubAndSpoke()
    {
        Network = NetworkLab.Require();
        Network.AddSpoke("w1", 1);
        Network.AddBehindNat("w2", 2, HttpPort, ClusterPort);
        Network.AddBehindNat("w3", 3, HttpPort, ClusterPort);
        _authority = new(lab: Lab.StateFolder);
        _authority.JoinAt(Lab.StateFolder, TestAuthority.Lab, NodeRole.Coordinator, NetworkLab.HubAddress);
    }

    public NetworkLab Network { get; }

    public Deployment Lab { get; } = new();

    public SearchClusterProcess Coordinator { get; private set; } = null!;

    public IReadOnlyList<SearchClusterProcess> Workers { get; private set; } = [];

    public SearchHistory History => Lab.History(Search);

    /// <summary>Writes a spec whose results depend on nothing that happens.</summary>
    public static string Spec(Deployment deployment, int trials, int sleepMilliseconds) => deployment.WriteFile(
        Search + ".yaml", SpecTexts.Function(Search, trials, measurements: 100, sleepMilliseconds));

    /// <summary>Starts the workers, then the coordinator, and submits; returns when each worker has a trial that reports.</summary>
    public async Task StartAsync(int trials, int sleepMilliseconds)
    {
        Workers = [.. Names.Select(StartWorker)];
        Coordinator = Lab.StartOn(
            Network.On(NetworkLab.Hub), "coordinator", Lab.StateFolder, "coordinator", "--json",
            "--port", $"{HttpPort}", "--cluster-port", $"{ClusterPort}",
            "--host", NetworkLab.HubAddress, "--cluster-host", NetworkLab.HubAddress);
        await UntilAsync(() => Coordinator.Output.Length > 0, "the coordinator is ready");
        JsonElement.Parse(Coordinator.Output).GetProperty("clusterAddress").GetString().ShouldBe($"{NetworkLab.HubAddress}:{ClusterPort}");
        var submit = Lab.StartOn(
            Network.On(NetworkLab.Hub), "submit", Lab.StateFolder, "submit", Spec(Lab, trials, sleepMilliseconds));
        (await submit.WaitForExitAsync(Patience.Limit)).ShouldBeTrue();
        submit.ExitCode.ShouldBe(0, Lab.Describe());
        await UntilAsync(() => Names.All(name => Measured(name) > 3), "each worker has a trial");
    }

    public Task<TimeSpan> UntilAsync(Func<bool> condition, string what) => Lab.UntilAsync(condition, what, [Coordinator, .. Workers]);

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        _authority.Dispose();
        Network.Dispose();
    }

    // Its certificate names no host at all: nobody calls it.
    private SearchClusterProcess StartWorker(string name)
    {
        var state = Path.Combine(Lab.Folder, name);
        _authority.JoinAt(state, name, NodeRole.Worker);
        return Lab.StartOn(
            Network.On(name), name, state, "worker", "--name", name, "--slots", "1", "--device", "cpu",
            "--coordinator", $"{NetworkLab.HubAddress}:{ClusterPort}");
    }

    private int Measured(string worker)
    {
        var history = History;
        var fences = history.Running.Where(attempt => attempt.WorkerId.Value == worker).Select(attempt => attempt.Fence).ToHashSet();
        return history.Events.OfType<SearchEvents.MeasurementReported>().Count(measured => fences.Contains(measured.Fence));
    }
}
