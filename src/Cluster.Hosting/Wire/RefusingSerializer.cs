using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Wire;

/// <summary>Takes the place of Akka's default JSON serializer, which would build any type that a message names.</summary>
/// <remarks>
/// The receiver picks the serializer by the number in the message, so it is not enough to bind our own types to another one:
/// number 1 itself must refuse.
/// </remarks>
public sealed class RefusingSerializer : Serializer
{
    /// <summary>Makes the serializer; called by Akka when there is no configuration.</summary>
    /// <param name="system">The actor system.</param>
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <summary>Makes the serializer; called by Akka with the configuration of its predecessor.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="config">Not used.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system) => _ = config;

    /// <inheritdoc />
    public override int Identifier => 1;

    /// <inheritdoc />
    public override bool IncludeManifest => true;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) =>
        throw new UnknownContractException(
            $"Type {obj.GetType()} is not a contract and has no serializer; send a record of Cluster.Contracts instead.");

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type)
    {
        SearchClusterMetrics.PayloadsRefused.Add(1);
        throw new UnknownContractException($"A payload of type {type} was refused; only contracts are read.");
    }
}
