using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Cli.Tests.EndToEnd.Reach;

/// <summary>Searches that were trained on one machine, whose coordinator another machine reaches: two state folders that share
/// nothing.</summary>
public sealed class ReachedCluster : IAsyncLifetime
{
    private readonly TestAuthority _authority;
    private WebApplication? _app;

    public ReachedCluster()
    {
        State = Path.Combine(Lab.Folder, "state");
        LaptopState = Path.Combine(Laptop.Folder, "state");
        Directory.CreateDirectory(State);
        _authority = new(lab: State);
    }

    /// <summary>The coordinator's machine.</summary>
    internal CliHarness Lab { get; } = new() { Clock = TimeProvider.System };

    /// <summary>The other one.</summary>
    internal CliHarness Laptop { get; } = new() { Clock = TimeProvider.System };

    internal string State { get; }

    internal string LaptopState { get; }

    internal string Url { get; private set; } = "";

    /// <summary>How the laptop finds the coordinator, as options of each command.</summary>
    internal string[] Options { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var stream = new RandomStream(3);
        var rows = string.Concat(Enumerable.Range(0, 90)
            .Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{(i % 3) + (0.3 * stream.NextGaussian()):R},"
                    + $"{(i % 2 == 0 ? "wet" : "dry")},{new[] { "rose", "tulip", "lily" }[i % 3]}\n")));
        foreach (var machine in (CliHarness[])[Lab, Laptop])
        {
            machine.Write("flowers.csv", "height,place,kind\n" + rows);
            machine.Write("new.csv", "height,place\n1.0,wet\n2.1,dry\n");
            machine.Write("more.yaml", RealHarness.Branin);
        }

        (await OnLabAsync("data add rows flowers.csv")).ShouldBe(0, Lab.Error);
        await TrainAsync("flowers", """
            workload: { builtin: mlp, fixed: { epochs: 8, batchSize: 8 } }
            data: { source: registered:rows, split: { train: 0.5, validation: 0.25, test: 0.25 } }
            objective: { metric: val/loss, direction: minimize }
            space:
              hiddenSize: { type: int, min: 4, max: 16 }
              learningRate: { type: log, min: 3.0e-3, max: 3.0e-2 }
            budget: { trials: 4 }
            ensemble: { type: top-k, members: 2 }
            """);
        await TrainAsync("codes", """
            workload: { builtin: vae, fixed: { epochs: 2, batchSize: 16 } }
            data: { source: registered:rows }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 3.0e-3, max: 3.0e-2 } }
            budget: { trials: 1 }
            """);
        foreach (var name in (string[])["bowl", "token-lab", "token-laptop", "certificate-lab", "certificate-laptop"])
        {
            await TrainAsync(name, RealHarness.Branin[RealHarness.Branin.IndexOf("workload", StringComparison.Ordinal)..]);
        }
    }

    /// <summary>Starts the coordinator on loopback, which the laptop calls with the token.</summary>
    internal async Task ListenForTokenAsync()
    {
        await StartAsync(host: null);
        Options = ["--state", LaptopState, "--coordinator", Url, "--token-file", Path.Combine(State, "token")];
    }

    /// <summary>Starts the coordinator on an address of this machine, whose cluster the laptop has joined as a client.</summary>
    internal async Task ListenForCertificateAsync()
    {
        var host = OwnAddress.Require();
        _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, host);
        await StartAsync(host);
        _authority.JoinAt(LaptopState, "laptop", NodeRole.Client);
        new JoinedCluster(Url, null, DateTimeOffset.UnixEpoch).Write(StateFolder.Resolve(LaptopState));
        Options = ["--state", LaptopState];
    }

    internal void RevokeLaptop() => _authority.Revoke("laptop");

    internal async Task StopAsync()
    {
        await StopListeningAsync();
        if (Directory.Exists(LaptopState))
        {
            Directory.Delete(LaptopState, recursive: true);
        }
    }

    internal async Task StopListeningAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }

    /// <summary>Runs a command line in the coordinator's folder.</summary>
    internal Task<int> OnLabAsync(string line) => RunAsync(Lab, line, "--state", State);

    /// <summary>Runs a command line on the other machine.</summary>
    internal Task<int> OnLaptopAsync(string line) => RunAsync(Laptop, line, Options);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _authority.Dispose();
        Lab.Dispose();
        Laptop.Dispose();
    }

    private static Task<int> RunAsync(CliHarness machine, string line, params string[] options)
    {
        machine.Clear();
        var hosting = new InProcessHosting(name => machine.Variables.GetValueOrDefault(name), TimeProvider.System);
        var connector = new SearchConnector(name => machine.Variables.GetValueOrDefault(name), hosting, TimeProvider.System);
        return machine.RunAsync(connector, [.. line.Split(' '), .. options]);
    }

    private async Task TrainAsync(string name, string spec)
    {
        Lab.Write(name + ".yaml", $"version: 1\nname: {name}\n{spec}\n");
        (await OnLabAsync($"run {name}.yaml --port 0 --slots 1 --json")).ShouldBe(0, Lab.Error);
    }

    private async Task StartAsync(string? host)
    {
        _app = CoordinatorApplication.Build(new CoordinatorOptions
        {
            StateFolder = StateFolder.Resolve(State),
            Mode = ActorMode.Clustered,
            HttpHost = host ?? "127.0.0.1",
            ClusterHost = host ?? "127.0.0.1",
            HttpPort = 0,
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Url = (await _app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently()).Url;
    }
}
