using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>One connection to the coordinator: an actor system of its own, in a host of its own. It is never
/// repaired, only replaced.</summary>
internal sealed class ClusterSession : IDisposable
{
    private readonly IHost _inner;
    private readonly ActorSystem _system;

    private ClusterSession(IHost inner, SessionHealth health)
    {
        _inner = inner;
        _system = inner.Services.GetRequiredService<ActorSystem>();
        Health = health;
    }

    /// <summary>How it goes.</summary>
    public SessionHealth Health { get; }

    /// <summary>Ends when the actor system has ended, for whatever reason.</summary>
    public Task Terminated => _system.WhenTerminated;

    /// <summary>Starts an actor system that calls the coordinator.</summary>
    /// <param name="coordinator"><c>host:port</c>.</param>
    /// <param name="credentials">What members know each other by.</param>
    /// <param name="host">The attempts it speaks for.</param>
    /// <param name="health">Told how it goes.</param>
    /// <param name="options">Delays, and the clock.</param>
    /// <param name="loggers">The process's log.</param>
    /// <returns>The session, or null when the actor system could not start; the log says why.</returns>
    public static async Task<ClusterSession?> TryStartAsync(
        string coordinator, Credentials credentials, AttemptHost host, SessionHealth health, WorkerOptions options, ILoggerFactory loggers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddHocon(Ending, HoconAddMode.Prepend)
            .AddSearchClusterCore()
            .AddCoordinatorLink(new WorkerLinkOptions
            {
                Key = credentials.Key,
                Identity = credentials.Identity,
                Coordinator = coordinator,
                CalledForeigner = reason => health.CalledForeigner(coordinator, reason),
                Unanswered = health.Unanswered,
                Ended = health.Ended,
            })
            .AddWorkerAgent(host, health, options, shouldLeave: () => true));
        var inner = builder.Build();
        await inner.StartAsync();
        if (inner.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            inner.Dispose();
            return null;
        }

        return new ClusterSession(inner, health);
    }

    /// <summary>Leaves in order: lets the worker give back what it runs, tells the coordinator, ends.</summary>
    public Task LeaveAsync(CancellationToken cancellation) => _inner.StopAsync(cancellation);

    /// <summary>Ends at once, without a word to anybody.</summary>
    public Task AbandonAsync() => _system.Terminate();

    /// <inheritdoc />
    public void Dispose() => _inner.Dispose();

    // Only an orderly leave runs the shutdown phases: a lost connection must not end the worker, and has nobody to say goodbye to.
    private static Config Ending { get; } = ConfigurationFactory.ParseString("""
        akka.coordinated-shutdown {
          run-by-clr-shutdown-hook = off
          run-by-actor-system-terminate = off
        }
        """);

    /// <summary>The outer host alone listens to signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
