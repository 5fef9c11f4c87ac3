using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Serialization;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Wire;

/// <summary>Lets those of Akka's system messages through by which members notice each other's end; one that ends, suspends or restarts an
/// actor comes from its own process only.</summary>
/// <remarks>
/// Untrusted mode drops the message that ends an actor, but not those that suspend, resume or restart it. A
/// refused one is read as a message that untrusted mode drops: system messages are delivered for sure, so that an exception would end the
/// connection and have it sent again.
/// </remarks>
/// <param name="system">The actor system.</param>
public sealed class WatchOnlySerializer(ExtendedActorSystem system) : Serializer(system)
{
    private readonly SystemMessageSerializer _all = new(system);

    /// <inheritdoc />
    public override int Identifier => 22;

    /// <inheritdoc />
    public override bool IncludeManifest => true;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => _all.ToBinary(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type)
    {
        if (type == typeof(Watch) || type == typeof(Unwatch) || type == typeof(DeathWatchNotification))
        {
            return _all.FromBinary(bytes, type);
        }

        SearchClusterMetrics.PayloadsRefused.Add(1);
        system.Log.Warning("A system message of type {Type} came from another member and was refused", type.Name);
        return ReceiveTimeout.Instance;
    }
}
