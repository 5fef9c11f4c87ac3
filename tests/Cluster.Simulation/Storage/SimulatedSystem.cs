using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Storage;

/// <summary>Akka on one thread, in virtual time, with the simulated journal.</summary>
internal static class SimulatedSystem
{
    private static readonly Config Settings = ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = ERROR
          stdout-loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "{{NameOf<SimScheduler>()}}"
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          actor {
            default-dispatcher.type = "{{NameOf<SimDispatcherConfigurator>()}}"
            internal-dispatcher.type = "{{NameOf<SimDispatcherConfigurator>()}}"
            default-blocking-io-dispatcher.type = "{{NameOf<SimDispatcherConfigurator>()}}"
          }
          persistence {
            max-concurrent-recoveries = 1000000
            journal.plugin = "simulated.journal"
            snapshot-store.plugin = "simulated.snapshots"
            dispatchers.default-plugin-dispatcher.type = "{{NameOf<SimDispatcherConfigurator>()}}"
            dispatchers.default-replay-dispatcher.type = "{{NameOf<SimDispatcherConfigurator>()}}"
          }
        }
        simulated.journal {
          class = "{{NameOf<SimJournalActor>()}}"
          plugin-dispatcher = "akka.actor.default-dispatcher"
          recovery-event-timeout = 1h
        }
        simulated.snapshots {
          class = "{{NameOf<SimSnapshotActor>()}}"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """).WithFallback(ConfigurationFactory.Default());

    /// <summary>Starts one; it is never ended, only forgotten with its world.</summary>
    /// <param name="journal">What its plugins write to.</param>
    public static ActorSystem Create(SimJournal journal) => ActorSystem.Create(
        "sim", BootstrapSetup.Create().WithConfig(Settings).And(new JournalSetup(journal)));

    public static SimJournal JournalOf(ActorSystem system) => system.Settings.Setup.Get<JournalSetup>().Value.Journal;

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";

    private sealed class JournalSetup(SimJournal journal) : Setup
    {
        public SimJournal Journal => journal;
    }
}
