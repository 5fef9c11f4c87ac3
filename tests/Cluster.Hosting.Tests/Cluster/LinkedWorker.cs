using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>A worker's actor system in this process, set up as production does it.</summary>
internal sealed class LinkedWorker : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TaskCompletionSource _ended;

    private LinkedWorker(IHost host, TaskCompletionSource ended) => (_host, _ended) = (host, ended);

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>The search manager of the coordinator.</summary>
    public IActorRef Manager => _host.Services.GetRequiredService<IRequiredActor<SearchManagerKey>>().ActorRef;

    /// <summary>By which the coordinator knows it.</summary>
    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    /// <summary>Completes with the connection's end.</summary>
    public Task Ended => _ended.Task;

    public static Task<LinkedWorker> StartAsync(ClusterMember coordinator) =>
        StartAsync(new WorkerLinkOptions { Key = ClusterMember.Key, Coordinator = coordinator.Endpoint });

    public static async Task<LinkedWorker> StartAsync(WorkerLinkOptions options)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddHocon("akka.coordinated-shutdown.run-by-actor-system-terminate = off", HoconAddMode.Prepend)
            .AddSearchClusterCore()
            .AddCoordinatorLink(options with { Ended = () => ended.TrySetResult() }));
        builder.Services.AddLogging();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new LinkedWorker(host, ended);
    }

    /// <summary>Asks the echo that stands for the search manager; again until it is there.</summary>
    public async Task<T> EchoAsync<T>(T message)
    {
        T? answer = default;
        await Patience.UntilAsync(async () =>
        {
            try
            {
                answer = await Manager.Ask<T>(message!, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                return true;
            }
            catch (AskTimeoutException)
            {
                // The singleton starts a moment after its coordinator.
                return false;
            }
        });
        return answer!;
    }

    /// <summary>Falls silent at once, as a killed process does.</summary>
    public Task KillAsync() => System.Terminate();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
