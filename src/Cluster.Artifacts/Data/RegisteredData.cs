using System.Text.Json.Serialization;

namespace SearchCluster.Artifacts.Data;

/// <summary>A data set that a machine knows by name.</summary>
/// <param name="Name">The name, as specs write it after <c>registered:</c>.</param>
/// <param name="Path">Absolute path of the file or folder.</param>
/// <param name="Format">How it is read; null to tell from its name and content.</param>
/// <param name="Sha256">Of a file its own hash; of a folder that of its manifest, see
/// <see cref="DataManifest"/>. 64 lower-case hexadecimal digits.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Bytes in all.</param>
/// <param name="AddedAt">When it was registered.</param>
/// <param name="WrittenAt">The last change of its files at that time; another one makes the next search compare hashes again.</param>
/// <param name="Origin">Address it was fetched from; null for data of the user's own.</param>
/// <param name="Licence">What its publisher says about its use; null when unknown.</param>
public sealed record RegisteredData(
    string Name,
    string Path,
    DataFormat? Format,
    string Sha256,
    int Files,
    long Bytes,
    DateTimeOffset AddedAt,
    DateTime WrittenAt,
    string? Origin = null,
    string? Licence = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RegisteredData))]
internal sealed partial class RegistryJson : JsonSerializerContext;
