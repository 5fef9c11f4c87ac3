using Akka.Actor;
using Akka.Persistence;

namespace SearchCluster.Hosting.Tests.Persistence;

/// <summary>A persistent actor that keeps every event and can tell them.</summary>
internal sealed class Recorder(string persistenceId) : UntypedPersistentActor
{
    private readonly List<ISearchEvent> _events = [];
    private object? _snapshot;

    public override string PersistenceId => persistenceId;

    public static Props Props(string persistenceId) => Akka.Actor.Props.Create(() => new Recorder(persistenceId));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case ISearchEvent e:
                var sender = Sender;
                Persist(e, written =>
                {
                    _events.Add(written);
                    sender.Tell(new Written(LastSequenceNr), Self);
                });
                break;
            case SaveNow save:
                _snapshot = Sender;
                SaveSnapshot(save.Snapshot);
                break;
            case SaveSnapshotSuccess saved:
                ((IActorRef)_snapshot!).Tell(new Written(saved.Metadata.SequenceNr), Self);
                break;
            case Tell:
                Sender.Tell(new Told([.. _events], _snapshot), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case ISearchEvent e:
                _events.Add(e);
                break;
            case SnapshotOffer offer:
                _snapshot = offer.Snapshot;
                break;
        }
    }

    internal sealed record Tell : INoSerializationVerificationNeeded;

    internal sealed record SaveNow(object Snapshot) : INoSerializationVerificationNeeded;

    internal sealed record Written(long SequenceNr) : INoSerializationVerificationNeeded;

    internal sealed record Told(ISearchEvent[] Events, object? Snapshot) : INoSerializationVerificationNeeded;
}
