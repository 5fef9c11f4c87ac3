using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Options;
using SearchCluster.Hosting;

namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Starts the worker's agent in an actor system whose registry knows the search manager.</summary>
internal static class AgentExtensions
{
    /// <summary>Name of the agent.</summary>
    public const string AgentName = "worker";

    private const string LeaveTask = "worker-leave";

    // The agent ends its leave by itself; this is only the fence around it.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    /// <summary>Adds the agent, and its leave as the first step of an orderly shutdown.</summary>
    /// <param name="builder">The actor system to be.</param>
    /// <param name="host">The attempts it speaks for.</param>
    /// <param name="connection">Told how the connection goes.</param>
    /// <param name="options">Delays and the clock.</param>
    /// <param name="shouldLeave">Tells whether a shutdown of the actor system ends the worker too.</param>
    public static AkkaConfigurationBuilder AddWorkerAgent(
        this AkkaConfigurationBuilder builder,
        AttemptHost host,
        IWorkerConnection connection,
        WorkerOptions options,
        Func<bool> shouldLeave)
    {
        var limit = options.Timings.LeaveLimit + Slack;
        return builder
            .AddHocon(ShutdownPhases(limit), HoconAddMode.Prepend)
            .WithActors((system, registry, _) =>
            {
                var manager = registry.Get<SearchManagerKey>();
                var agent = system.ActorOf(WorkerAgentActor.Props(host, manager, connection, options.Timings, options.Clock), AgentName);
                CoordinatedShutdown.Get(system)
                    .AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, LeaveTask, () => LeaveInOrderAsync(agent, limit, shouldLeave));
            });
    }

    private static async Task<Done> LeaveInOrderAsync(IActorRef agent, TimeSpan limit, Func<bool> shouldLeave)
    {
        if (shouldLeave())
        {
            await agent.Ask<AgentMessages.Left>(new AgentMessages.Leave(), limit);
        }

        return Done.Instance;
    }

    private static Config ShutdownPhases(TimeSpan leaveLimit) => ConfigurationFactory.ParseString(
        $"akka.coordinated-shutdown.phases.before-service-unbind.timeout = {(int)leaveLimit.TotalMilliseconds}ms");
}
