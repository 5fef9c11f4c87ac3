using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Wire;

/// <summary>Lets those of Akka's own messages through by which members find each other's actors and hear that they live; not those that
/// kill one, nor routers and settings.</summary>
/// <remarks>Untrusted mode drops <c>PoisonPill</c>, but not <c>Kill</c>.</remarks>
/// <param name="system">The actor system.</param>
public sealed class IdentityOnlySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    // Identify, ActorIdentity, a reference, and the two heartbeats of those that watch each other.
    private static readonly string[] Read = ["ID", "AID", "AR", "RWHB", "RWHR"];

    private readonly MiscMessageSerializer _all = new(system);

    /// <inheritdoc />
    public override int Identifier => 16;

    /// <inheritdoc />
    public override string Manifest(object o) => _all.Manifest(o);

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => _all.ToBinary(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (Read.Contains(manifest))
        {
            return _all.FromBinary(bytes, manifest);
        }

        SearchClusterMetrics.PayloadsRefused.Add(1);
        throw new UnknownContractException($"A message of Akka's kind {manifest} came from another member and was refused.");
    }
}
