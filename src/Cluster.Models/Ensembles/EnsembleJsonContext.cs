using System.Text.Json.Serialization;

namespace SearchCluster.Models.Ensembles;

/// <summary>Source-generated JSON of the description of an ensemble.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EnsembleManifest))]
internal sealed partial class EnsembleJsonContext : JsonSerializerContext;
