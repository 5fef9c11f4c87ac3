using System.Text.Json;
using SearchCluster.Contracts.Wire;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Data;

namespace SearchCluster.Models.Checkpoints;

/// <summary>A kept model with all that prediction needs: configuration, columns, classes, normalisation and weights.</summary>
/// <param name="Workload">Name of the workload that builds the network.</param>
/// <param name="Fixed">Constants of the spec.</param>
/// <param name="Values">The trial's configuration.</param>
/// <param name="Shape">Columns and classes.</param>
/// <param name="Normalisation">Shift and scale of the features.</param>
/// <param name="Metrics">Metrics of the kept weights.</param>
/// <param name="Weights">Weights by name.</param>
internal sealed record ModelFile(
    string Workload,
    ParameterValues Fixed,
    ParameterValues Values,
    DataShape Shape,
    Normalisation Normalisation,
    ValueMap<double> Metrics,
    IReadOnlyList<StoredTensor> Weights)
{
    private const string WeightsPrefix = "weights/", Mean = "input/mean", Deviation = "input/deviation";

    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public void Write(Stream stream)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["workload"] = Workload,
            ["fixed"] = JsonSerializer.Serialize(Fixed.Entries, Json.ValueMapParameterValue),
            ["values"] = JsonSerializer.Serialize(Values.Entries, Json.ValueMapParameterValue),
            ["columns"] = JsonSerializer.Serialize([.. Shape.Columns], ModelsJsonContext.Default.StringArray),
            ["classes"] = JsonSerializer.Serialize([.. Shape.ClassLabels], ModelsJsonContext.Default.StringArray),
            ["metrics"] = JsonSerializer.Serialize(new Dictionary<string, double>(Metrics, StringComparer.Ordinal), ModelsJsonContext.Default.DictionaryStringDouble),
        };
        Envelope.Write(stream, EnvelopeKind.Model, new(metadata,
        [
            StoredTensor.Of(Mean, Normalisation.Mean, Normalisation.Mean.Length),
            StoredTensor.Of(Deviation, Normalisation.Deviation, Normalisation.Deviation.Length),
            .. Weights.Select(tensor => tensor with { Name = WeightsPrefix + tensor.Name }),
        ]));
    }

    /// <summary>Reads and verifies a model file.</summary>
    /// <exception cref="ArtifactException">The file is damaged or holds no model.</exception>
    public static ModelFile Read(Stream stream)
    {
        var file = Envelope.Read(stream, EnvelopeKind.Model);
        try
        {
            var tensors = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
            var shape = new DataShape(Strings(file, "columns"), Strings(file, "classes"));
            TensorCodec.CheckShape(Mean, tensors, StoredType.F32, [shape.Columns.Count]);
            TensorCodec.CheckShape(Deviation, tensors, StoredType.F32, [shape.Columns.Count]);
            return new(
                file.Metadata["workload"],
                ReadValues(file, "fixed"),
                ReadValues(file, "values"),
                shape,
                new(tensors[Mean].ToSingles(), tensors[Deviation].ToSingles()),
                new(JsonSerializer.Deserialize(file.Metadata["metrics"], ModelsJsonContext.Default.DictionaryStringDouble)!),
                [.. file.Tensors.Where(tensor => tensor.Name.StartsWith(WeightsPrefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[WeightsPrefix.Length..] })]);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException)
        {
            throw new ArtifactException("SC4011", $"The model file lacks a part of its description: {malformed.Message}", malformed);
        }
    }

    private static ParameterValues ReadValues(SafeTensorsFile file, string key) => new(JsonSerializer.Deserialize(file.Metadata[key], Json.ValueMapParameterValue)!);

    private static ValueArray<string> Strings(SafeTensorsFile file, string key) =>
        ValueArray.Create<string>(JsonSerializer.Deserialize(file.Metadata[key], ModelsJsonContext.Default.StringArray)!);
}
