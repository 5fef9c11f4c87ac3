using Akka.Actor;

namespace SearchCluster.Simulation.Engine;

/// <summary>An actor that is elsewhere: what it is told, the simulator carries.</summary>
/// <param name="system">Where it is used.</param>
/// <param name="path">Tells it from others.</param>
/// <param name="told">Takes a message and who sent it.</param>
internal sealed class SimRef(ActorSystem system, ActorPath path, Action<object, IActorRef> told) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;

    public static SimRef Local(ActorSystem system, string name, Action<object, IActorRef> told) =>
        new(system, new RootActorPath(((ExtendedActorSystem)system).Provider.DefaultAddress) / "sim" / name, told);

    protected override void TellInternal(object message, IActorRef sender) => told(message, sender);
}
