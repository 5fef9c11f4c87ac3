using Akka.Actor;
using Akka.Persistence;

namespace SearchCluster.Simulation.Storage;

/// <summary>The journal that Akka.Persistence talks to.</summary>
internal sealed class SimJournalActor : UntypedActor
{
    private readonly SimJournal _journal = SimulatedSystem.JournalOf(Context.System);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                _journal.Take(write);
                break;
            case ReplayMessages replay:
                _journal.Replay(replay);
                break;
            default:
                throw new InvalidOperationException($"The journal was told {message.GetType().Name}, which it does not know.");
        }
    }
}

/// <summary>The snapshot store that Akka.Persistence talks to.</summary>
internal sealed class SimSnapshotActor : UntypedActor
{
    private readonly SimJournal _journal = SimulatedSystem.JournalOf(Context.System);

    protected override void OnReceive(object message) => _journal.Snapshots(message, Sender);
}
