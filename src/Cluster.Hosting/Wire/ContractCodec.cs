using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Wire.Reading;

namespace SearchCluster.Hosting.Wire;

/// <summary>Writes and reads every contract as JSON under its permanent short name; snapshots packed, journal
/// events sealed with a checksum.</summary>
/// <remarks>
/// Knows no actor system, so that a command reads a journal without one. Closed world: a type without a manifest is not written, a
/// manifest that is not in the table is not read; both say which it was.
/// </remarks>
public static class ContractCodec
{
    private const string Whole = "the record";

    /// <summary>The permanent short name of a contract.</summary>
    /// <param name="contract">A record of Cluster.Contracts.</param>
    /// <exception cref="UnknownContractException">Its type has none.</exception>
    public static string Manifest(object contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return ContractManifests.ByType.TryGetValue(contract.GetType(), out var manifest)
            ? manifest
            : throw new UnknownContractException(
                $"Type {contract.GetType()} has no manifest in ContractManifests; only contracts travel and are journaled.");
    }

    /// <summary>Writes a contract.</summary>
    /// <param name="contract">A record of Cluster.Contracts.</param>
    /// <exception cref="UnknownContractException">Its type has no manifest.</exception>
    public static byte[] Write(object contract)
    {
        var manifest = Manifest(contract);
        var type = TypeInfo(contract.GetType());
        return contract switch
        {
            SearchSnapshot => PackedJson.Write(contract, type),
            ISearchEvent => JsonSeal.Close(JsonSerializer.SerializeToUtf8Bytes(contract, type), manifest),
            _ => JsonSerializer.SerializeToUtf8Bytes(contract, type),
        };
    }

    /// <summary>Reads a contract.</summary>
    /// <returns>The contract.</returns>
    /// <exception cref="UnknownContractException">The manifest is not in the table.</exception>
    /// <exception cref="JsonException">The bytes are not the JSON of that contract.</exception>
    /// <exception cref="InvalidDataException">The bytes are not those that were written.</exception>
    public static object Read(byte[] bytes, string manifest)
    {
        var type = TypeOf(manifest);
        return (PackedJson.IsPacked(bytes) && type == typeof(SearchSnapshot) ? PackedJson.TryReadSnapshot(bytes) : null)
            ?? Deserialize(Open(bytes, manifest), type, manifest);
    }

    /// <summary>Reads a contract in a process that reads once and ends: without the serializer wherever that is not needed.</summary>
    /// <remarks>The same record, or the same exception.</remarks>
    /// <returns>The contract.</returns>
    /// <exception cref="UnknownContractException">As of <see cref="Read"/>.</exception>
    /// <exception cref="JsonException">As of <see cref="Read"/>.</exception>
    /// <exception cref="InvalidDataException">As of <see cref="Read"/>.</exception>
    public static object ReadOnce(byte[] bytes, string manifest)
    {
        var type = TypeOf(manifest);
        var json = Open(bytes, manifest);
        return RecordReader.TryRead(json, type) ?? Deserialize(json, type, manifest);
    }

    /// <summary>Gives what is stored as the JSON that it is, without its packing or seal.</summary>
    /// <param name="bytes">What <see cref="Write"/> made.</param>
    /// <param name="manifest">Short name of its type.</param>
    /// <exception cref="InvalidDataException">The bytes are not those that were written.</exception>
    public static ReadOnlyMemory<byte> JsonOf(byte[] bytes, string manifest) => Open(bytes, manifest).ToArray();

    /// <summary>Says what a record lacks that the serializer read nevertheless: each release writes every member that has to be
    /// there.</summary>
    /// <param name="bytes">What <see cref="Read"/> made a record of.</param>
    /// <param name="manifest">Short name of its type, see <see cref="ContractManifests"/>.</param>
    /// <returns>A sentence; null where nothing is missing.</returns>
    public static string? FindMissing(byte[] bytes, string manifest) =>
        JsonMisfit.Find(Open(bytes, manifest), TypeInfo(TypeOf(manifest)), Whole, isStrict: true)?.Sentence;

    private static Type TypeOf(string manifest)
    {
        if (ContractManifests.ByManifest.TryGetValue(manifest, out var type))
        {
            return type;
        }

        SearchClusterMetrics.PayloadsRefused.Add(1);
        throw new UnknownContractException(
            $"Manifest \"{manifest}\" is not in ContractManifests; it was written by a newer version or by another program.");
    }

    private static ReadOnlySpan<byte> Open(byte[] bytes, string manifest) =>
        PackedJson.IsPacked(bytes) ? PackedJson.Open(bytes) : JsonSeal.Open(bytes, manifest);

    private static object Deserialize(ReadOnlySpan<byte> json, Type type, string manifest)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TypeInfo(type))
                ?? throw new JsonException($"A record of manifest \"{manifest}\" is the JSON value null.");
        }
        catch (JsonException refused)
        {
            throw new JsonException(JsonMisfit.Of(json, TypeInfo(type), refused, Whole).Sentence, refused);
        }
    }

    private static JsonTypeInfo TypeInfo(Type type) => ContractsJsonContext.Default.GetTypeInfo(type)
        ?? throw new UnknownContractException($"Type {type} has a manifest but no entry in ContractsJsonContext.");
}
