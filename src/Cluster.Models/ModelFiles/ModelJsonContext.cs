using System.Text.Json.Serialization;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images.Targets;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.ModelFiles;

/// <summary>Source-generated JSON of the descriptions inside saved models.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ValueArray<string>))]
[JsonSerializable(typeof(ValueArray<long>))]
[JsonSerializable(typeof(DataShape))]
[JsonSerializable(typeof(InputPreprocessing))]
[JsonSerializable(typeof(NumberNotation))]
[JsonSerializable(typeof(ColumnRange))]
[JsonSerializable(typeof(MaskForm))]
[JsonSerializable(typeof(TargetScaling))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
