using Akka.Actor;
using Akka.Remote;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Notices that another member has quarantined this actor system; it would go on as a zombie that nobody hears.</summary>
internal sealed class QuarantineWatcherActor(Action onQuarantined) : UntypedActor
{
    public static Props Props(Action onQuarantined) => Akka.Actor.Props.Create(() => new QuarantineWatcherActor(onQuarantined));

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ThisActorSystemQuarantinedEvent: onQuarantined(); break;
            default: Unhandled(message); break;
        }
    }
}
