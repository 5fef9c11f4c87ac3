using System.Text.Json.Serialization;

namespace SearchCluster.Security.Certificates;

/// <summary>How lists are written; one that lacks a member is refused instead of read with nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RevokedCertificate[]))]
[JsonSerializable(typeof(IssuedCertificate[]))]
internal sealed partial class SecurityJson : JsonSerializerContext;
