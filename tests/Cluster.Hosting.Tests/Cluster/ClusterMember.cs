using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>A coordinator's actor system in this process, set up as production does it.</summary>
internal sealed class ClusterMember : IAsyncDisposable
{
    private static readonly Lazy<ClusterKey> TestKey = new(ClusterKey.Create);
    private readonly IHost _host;

    private ClusterMember(IHost host, ConcurrentQueue<string> log)
    {
        _host = host;
        Log = log;
    }

    /// <summary>What it logged from information on.</summary>
    public ConcurrentQueue<string> Log { get; }

    /// <summary>The key of all members that are not given another.</summary>
    public static ClusterKey Key => TestKey.Value;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    /// <summary>Asks the echo that stands where the search manager of another member does.</summary>
    public ActorSelection EchoOf(ClusterMember other) =>
        System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(other.Endpoint)}/user/{Echo.Path}");

    public string Endpoint => $"{Cluster.SelfAddress.Host}:{Cluster.SelfAddress.Port}";

    public static Task<ClusterMember> StartAsync(params string[] seeds) =>
        StartAsync(new ClusterEndpointOptions { Key = TestKey.Value, Seeds = [.. seeds] });

    public static async Task<ClusterMember> StartAsync(ClusterEndpointOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddHocon("akka.coordinated-shutdown.run-by-actor-system-terminate = off", HoconAddMode.Prepend)
            .AddSearchClusterCore()
            .AddSearchRemoting(options)
            .WithActors((system, _, _) => system.ActorOf<Place>(SearchManagerSingleton.Name)));
        var log = new ConcurrentQueue<string>();
        builder.Services.AddLogging(logging => logging.AddProvider(new QueueLog(log)));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ClusterMember(host, log);
    }

    /// <summary>Waits until this member sees the condition met.</summary>
    public async Task UntilAsync(Func<ClusterEvent.CurrentClusterState, bool> condition)
    {
        var met = new TaskCompletionSource();
        var watcher = System.ActorOf(Props.Create(() => new Watcher(condition, met)));
        await met.Task.Patiently();
        System.Stop(watcher);
    }

    /// <summary>Falls silent at once, as a killed process does: without leaving.</summary>
    public Task KillAsync() => System.Terminate();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    // As the manager of the singleton does: what is asked stands below it, under the same name.
    private sealed class Place : UntypedActor
    {
        protected override void PreStart() => Context.ActorOf<Echo>(SearchManagerSingleton.Name);

        protected override void OnReceive(object message) => Unhandled(message);
    }

    // The state that the extension shows follows the events a little later, so it is looked at on a tick.
    private sealed class Watcher(Func<ClusterEvent.CurrentClusterState, bool> condition, TaskCompletionSource met)
        : UntypedActor, IWithTimers
    {
        private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("look", "look", TimeSpan.FromMilliseconds(50));

        protected override void OnReceive(object message)
        {
            if (condition(_cluster.State))
            {
                met.TrySetResult();
            }
        }
    }
}
