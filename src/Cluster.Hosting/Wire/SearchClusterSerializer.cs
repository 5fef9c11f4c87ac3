using Akka.Actor;
using Akka.Serialization;

namespace SearchCluster.Hosting.Wire;

/// <summary>Gives Akka the <see cref="ContractCodec"/>: every contract, in messages and in the journal, under
/// its permanent short name.</summary>
/// <param name="system">The actor system.</param>
public sealed class SearchClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Identifies the serializer in messages and in the journal, for good.</summary>
    public const int PermanentIdentifier = 8642;

    /// <inheritdoc />
    public override int Identifier => PermanentIdentifier;

    /// <inheritdoc />
    public override string Manifest(object o) => ContractCodec.Manifest(o);

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => ContractCodec.Write(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => ContractCodec.Read(bytes, manifest);
}
