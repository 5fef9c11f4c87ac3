using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Wire;

/// <summary>Lets those of Akka's system messages through by which members notice each other's end; one that suspends or restarts an actor comes from its own process only.</summary>
/// <remarks>Untrusted mode drops the message that ends an actor, but not those that suspend, resume or restart it.</remarks>
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
        throw new UnknownContractException($"A system message of type {type.Name} came from another member and was refused.");
    }
}
