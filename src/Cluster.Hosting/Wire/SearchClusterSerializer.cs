using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Akka.Serialization;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Hosting.Wire;

/// <summary>Writes and reads every contract, in messages and in the journal, as JSON under its permanent short name; snapshots packed.</summary>
/// <remarks>Closed world: a type without a manifest is not written, a manifest that is not in the table is not read; both say which it was.</remarks>
/// <param name="system">The actor system.</param>
public sealed class SearchClusterSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Identifies the serializer in messages and in the journal, for good.</summary>
    public const int PermanentIdentifier = 8642;

    /// <inheritdoc />
    public override int Identifier => PermanentIdentifier;

    /// <inheritdoc />
    public override string Manifest(object o) => ContractManifests.ByType.TryGetValue(o.GetType(), out var manifest)
        ? manifest
        : throw new UnknownContractException($"Type {o.GetType()} has no manifest in ContractManifests; only contracts travel and are journaled.");

    /// <inheritdoc />
    public override byte[] ToBinary(object obj)
    {
        Manifest(obj);
        var type = TypeInfo(obj.GetType());
        return obj is SearchSnapshot ? PackedJson.Write(obj, type) : JsonSerializer.SerializeToUtf8Bytes(obj, type);
    }

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!ContractManifests.ByManifest.TryGetValue(manifest, out var type))
        {
            SearchClusterMetrics.PayloadsRefused.Add(1);
            throw new UnknownContractException($"Manifest \"{manifest}\" is not in ContractManifests; it was written by a newer version or by another program.");
        }

        return (PackedJson.IsPacked(bytes) ? PackedJson.Read(bytes, TypeInfo(type)) : JsonSerializer.Deserialize(bytes, TypeInfo(type))) ?? throw new JsonException($"A record of manifest \"{manifest}\" is the JSON value null.");
    }

    private static JsonTypeInfo TypeInfo(Type type) => ContractsJsonContext.Default.GetTypeInfo(type)
        ?? throw new UnknownContractException($"Type {type} has a manifest but no entry in ContractsJsonContext.");
}
