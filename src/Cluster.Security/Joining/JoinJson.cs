using System.Text.Json.Serialization;

namespace SearchCluster.Security.Joining;

/// <summary>How tokens are listed; an entry that lacks a member is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JoinTokenEntry[]))]
internal sealed partial class JoinJson : JsonSerializerContext;
