using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>An actor system with real remoting whose search manager writes down what it hears and gives one
/// group to the first request.</summary>
internal sealed class FakeCoordinator : IAsyncDisposable
{
    /// <summary>What it says of its artifacts; a worker shares its folder where that is locked with this run.</summary>
    public static readonly ArtifactPlace Artifacts = new("fake", "http://127.0.0.1:1");

    private readonly IHost _host;
    private readonly Channel<object> _heard;
    private readonly ActorSystem _system;

    private FakeCoordinator(IHost host, Channel<object> heard)
    {
        _host = host;
        _heard = heard;
        _system = host.Services.GetRequiredService<ActorSystem>();
    }

    public int Port => Cluster.Get(_system).SelfAddress.Port!.Value;

    /// <summary>Starts it.</summary>
    /// <param name="state">Whose key it has.</param>
    /// <param name="port">0 for any free one.</param>
    /// <param name="work">What the first request gets; null for nothing.</param>
    public static Task<FakeCoordinator> StartAsync(StateFolder state, int port, AssignmentGroup? work) => StartAsync(
        new ClusterEndpointOptions { Key = ClusterKey.LoadOrCreate(state), Port = port }, work);

    /// <summary>Starts it, on a network perhaps.</summary>
    /// <param name="endpoint">Where, and what it shows.</param>
    /// <param name="work">What the first request gets; null for nothing.</param>
    public static async Task<FakeCoordinator> StartAsync(ClusterEndpointOptions endpoint, AssignmentGroup? work)
    {
        var heard = Channel.CreateUnbounded<object>();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddHocon(
                ConfigurationFactory.ParseString("akka.coordinated-shutdown.run-by-actor-system-terminate = off"),
                HoconAddMode.Prepend)
            .AddSearchClusterCore()
            .AddSearchRemoting(endpoint)
            .WithSingleton<SearchManagerKey>(
                SearchManagerSingleton.Name,
                (_, _, _) => Props.Create(() => new Manager(heard.Writer, work)),
                SearchManagerSingleton.Options()));
        var host = builder.Build();
        await host.StartAsync();
        return new FakeCoordinator(host, heard);
    }

    /// <summary>The next message of a kind that fits, passing over all others.</summary>
    public async Task<T> HearAsync<T>(Func<T, bool>? fits = null)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await foreach (var message in _heard.Reader.ReadAllAsync(patience.Token))
        {
            if (message is T wanted && (fits is null || fits(wanted)))
            {
                return wanted;
            }
        }

        throw new InvalidOperationException("The coordinator stopped listening.");
    }

    /// <summary>Ends without a word to the cluster, as a killed process does.</summary>
    public Task KillAsync() => _system.Terminate();

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _host.Dispose();
    }

    private sealed class Manager(ChannelWriter<object> heard, AssignmentGroup? work) : UntypedActor
    {
        private AssignmentGroup? _work = work;

        protected override void OnReceive(object message)
        {
            heard.TryWrite(message);
            switch (message)
            {
                case WorkerProtocol.WorkerHello hello:
                    Sender.Tell(new WorkerProtocol.WorkerWelcome(
                        hello.WorkerId, TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(500), Artifacts: Artifacts));
                    break;
                case WorkerProtocol.RequestWork request when _work is { } group:
                    _work = null;
                    Sender.Tell(new WorkerProtocol.WorkAssigned(request.WorkerId, request.RequestId, [group]));
                    break;
                case SearchCommands.ReportOutcome outcome:
                    Sender.Tell(new WorkerProtocol.ReportAccepted(outcome.Lease, outcome.Seq));
                    break;
            }
        }
    }
}
