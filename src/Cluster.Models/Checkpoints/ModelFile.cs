using System.Text.Json;
using SearchCluster.Contracts.Wire;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.Checkpoints;

/// <summary>A kept model with all that prediction needs: configuration, shape of the data, preprocessing and weights.</summary>
/// <param name="Workload">Name of the workload that builds the network.</param>
/// <param name="Fixed">Constants of the spec.</param>
/// <param name="Values">The trial's configuration.</param>
/// <param name="Shape">Inputs and answers.</param>
/// <param name="Preprocessing">How raw rows become inputs.</param>
/// <param name="TargetScaling">Scaling of the numbers to answer.</param>
/// <param name="Metrics">Metrics of the kept weights.</param>
/// <param name="Weights">Weights by name.</param>
internal sealed record ModelFile(
    string Workload,
    ParameterValues Fixed,
    ParameterValues Values,
    DataShape Shape,
    InputPreprocessing Preprocessing,
    TargetScaling TargetScaling,
    ValueMap<double> Metrics,
    IReadOnlyList<StoredTensor> Weights)
{
    private const string WeightsPrefix = "weights/";

    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public void Write(Stream stream)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["workload"] = Workload,
            ["fixed"] = JsonSerializer.Serialize(Fixed.Entries, Json.ValueMapParameterValue),
            ["values"] = JsonSerializer.Serialize(Values.Entries, Json.ValueMapParameterValue),
            ["shape"] = JsonSerializer.Serialize(Shape, ModelsJsonContext.Default.DataShape),
            ["preprocessing"] = JsonSerializer.Serialize(Preprocessing, ModelsJsonContext.Default.InputPreprocessing),
            ["targetScaling"] = JsonSerializer.Serialize(TargetScaling, ModelsJsonContext.Default.TargetScaling),
            ["metrics"] = JsonSerializer.Serialize(new Dictionary<string, double>(Metrics, StringComparer.Ordinal), ModelsJsonContext.Default.DictionaryStringDouble),
        };
        Envelope.Write(stream, EnvelopeKind.Model, new(metadata, [.. Weights.Select(tensor => tensor with { Name = WeightsPrefix + tensor.Name })]));
    }

    /// <summary>Reads and verifies a model file.</summary>
    /// <exception cref="ArtifactException">The file is damaged or holds no model.</exception>
    public static ModelFile Read(Stream stream)
    {
        var file = Envelope.Read(stream, EnvelopeKind.Model);
        try
        {
            return new(
                file.Metadata["workload"],
                ReadValues(file, "fixed"),
                ReadValues(file, "values"),
                JsonSerializer.Deserialize(file.Metadata["shape"], ModelsJsonContext.Default.DataShape)!,
                JsonSerializer.Deserialize(file.Metadata["preprocessing"], ModelsJsonContext.Default.InputPreprocessing)!,
                JsonSerializer.Deserialize(file.Metadata["targetScaling"], ModelsJsonContext.Default.TargetScaling)!,
                new(JsonSerializer.Deserialize(file.Metadata["metrics"], ModelsJsonContext.Default.DictionaryStringDouble)!),
                [.. file.Tensors.Where(tensor => tensor.Name.StartsWith(WeightsPrefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[WeightsPrefix.Length..] })]);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or NotSupportedException)
        {
            throw new ArtifactException("SC4011", $"The model file lacks a part of its description: {malformed.Message}", malformed);
        }
    }

    private static ParameterValues ReadValues(SafeTensorsFile file, string key) => new(JsonSerializer.Deserialize(file.Metadata[key], Json.ValueMapParameterValue)!);

}
