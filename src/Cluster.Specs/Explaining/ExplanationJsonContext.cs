using System.Text.Json.Serialization;

namespace SearchCluster.Specs.Explaining;

/// <summary>Source-generated JSON of <see cref="SpecExplanation"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SpecExplanation))]
[JsonSerializable(typeof(ParameterExplanation))]
[JsonSerializable(typeof(OptionExplanation))]
[JsonSerializable(typeof(StageExplanation))]
[JsonSerializable(typeof(ParameterValue))]
[JsonSerializable(typeof(string))]
internal sealed partial class ExplanationJsonContext : JsonSerializerContext;
