using Akka.Actor;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Wire;

/// <summary>Takes the place of the serializer of remote deployment, which would make an actor of any class that a message names.</summary>
/// <param name="system">The actor system.</param>
public sealed class DeploymentRefusal(ExtendedActorSystem system) : Serializer(system)
{
    /// <inheritdoc />
    public override int Identifier => 3;

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) =>
        throw new UnknownContractException("No actor is deployed on another member; start it there.");

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type)
    {
        SearchClusterMetrics.PayloadsRefused.Add(1);
        throw new UnknownContractException("Another member wanted to deploy an actor here and was refused.");
    }
}
