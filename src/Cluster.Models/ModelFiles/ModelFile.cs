using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Wire;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Preprocessing;

namespace SearchCluster.Models.ModelFiles;

/// <summary>A kept model with all that prediction needs: configuration, shape of the data, preprocessing and weights.</summary>
internal sealed record ModelFile
{
    /// <summary>Name of the workload that builds the network.</summary>
    public required string Workload { get; init; }

    /// <summary>Constants of the spec.</summary>
    public required ParameterValues Fixed { get; init; }

    /// <summary>The trial's configuration.</summary>
    public required ParameterValues Values { get; init; }

    /// <summary>Inputs and answers.</summary>
    public required DataShape Shape { get; init; }

    /// <summary>How raw rows become inputs.</summary>
    public required InputPreprocessing Preprocessing { get; init; }

    /// <summary>Scaling of the numbers to answer.</summary>
    public required TargetScaling TargetScaling { get; init; }

    /// <summary>Metrics of the kept weights.</summary>
    public required ValueMap<double> Metrics { get; init; }

    /// <summary>Weights by name.</summary>
    public required IReadOnlyList<StoredTensor> Weights { get; init; }

    /// <summary>Training rows, or pixels, of each class, which a weighted loss reads; null in files of early releases.</summary>
    public ValueArray<long>? ClassCounts { get; init; }

    /// <summary>The trial's seed, from which predictions with dropout are sampled; null in files of early releases.</summary>
    public ulong? Seed { get; init; }

    /// <summary>What decided the numbers of a training that another attempt may find finished; null for the model of a trial.</summary>
    public string? Identity { get; init; }

    private const string WeightsPrefix = "weights/";
    private static readonly string[] Required = ["workload", "fixed", "values", "shape", "preprocessing", "targetScaling", "metrics"];

    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public void Write(Stream stream)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["workload"] = Workload,
            ["fixed"] = JsonSerializer.Serialize(Fixed.Entries, Json.ValueMapParameterValue),
            ["values"] = JsonSerializer.Serialize(Values.Entries, Json.ValueMapParameterValue),
            ["shape"] = JsonSerializer.Serialize(Shape, ModelJsonContext.Default.DataShape),
            ["preprocessing"] = JsonSerializer.Serialize(Preprocessing, ModelJsonContext.Default.InputPreprocessing),
            ["targetScaling"] = JsonSerializer.Serialize(TargetScaling, ModelJsonContext.Default.TargetScaling),
            ["metrics"] = JsonSerializer.Serialize(
                new Dictionary<string, double>(Metrics, StringComparer.Ordinal), ModelJsonContext.Default.DictionaryStringDouble),
        };
        if (ClassCounts is not null)
        {
            metadata["classCounts"] = JsonSerializer.Serialize(ClassCounts, ModelJsonContext.Default.ValueArrayInt64);
        }

        if (Seed is { } seed)
        {
            metadata["seed"] = seed.ToString(CultureInfo.InvariantCulture);
        }

        if (Identity is not null)
        {
            metadata["identity"] = Identity;
        }

        Envelope.Write(
            stream, EnvelopeKind.Model, new(metadata, [.. Weights.Select(tensor => tensor with { Name = WeightsPrefix + tensor.Name })]));
    }

    /// <summary>Reads and verifies the model in a file, which a message about it names.</summary>
    /// <exception cref="ArtifactException">The file is missing, damaged, or no model.</exception>
    public static ModelFile Open(string path)
    {
        try
        {
            RegularFile.Require(path);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Read(stream);
        }
        catch (ArtifactException damaged)
        {
            throw new ArtifactException(
                damaged.Code, $"Model file '{DisplayText.ShortenPath(path)}' cannot be used: {damaged.Message}", damaged);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException(
                ModelCodes.CannotOpen, $"Model file '{DisplayText.ShortenPath(path)}' cannot be opened: {missing.Message}", missing);
        }
    }

    /// <summary>Reads and verifies a model file.</summary>
    /// <exception cref="ArtifactException">The file is damaged or holds no model.</exception>
    public static ModelFile Read(Stream stream)
    {
        var file = Envelope.Read(stream, EnvelopeKind.Model);
        try
        {
            return new()
            {
                Workload = file.Metadata["workload"],
                Fixed = ReadValues(file, "fixed"),
                Values = ReadValues(file, "values"),
                Shape = Part(file, "shape", ModelJsonContext.Default.DataShape),
                Preprocessing = Part(file, "preprocessing", ModelJsonContext.Default.InputPreprocessing),
                TargetScaling = Part(file, "targetScaling", ModelJsonContext.Default.TargetScaling),
                Metrics = new(Part(file, "metrics", ModelJsonContext.Default.DictionaryStringDouble)),
                Weights =
                [
                    .. file.Tensors
                        .Where(tensor => tensor.Name.StartsWith(WeightsPrefix, StringComparison.Ordinal))
                        .Select(tensor => tensor with { Name = tensor.Name[WeightsPrefix.Length..] }),
                ],
                ClassCounts = file.Metadata.ContainsKey("classCounts")
                    ? Part(file, "classCounts", ModelJsonContext.Default.ValueArrayInt64)
                    : null,
                Seed = ReadSeed(file.Metadata.GetValueOrDefault("seed")),
                Identity = file.Metadata.GetValueOrDefault("identity"),
            };
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or NotSupportedException)
        {
            throw new ArtifactException(
                ModelCodes.Malformed, $"The model file lacks a part of its description: {Explain(malformed, file)}", malformed);
        }
    }

    // The parts are texts of JSON inside the metadata.
    private static T Part<T>(SafeTensorsFile file, string key, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonMisfit.Read(Encoding.UTF8.GetBytes(file.Metadata[key]), type, key) ?? throw new JsonException("it is null.");
        }
        catch (JsonException refused)
        {
            throw new JsonException($"part {key}, {refused.Message}", refused);
        }
    }

    private static string Explain(Exception malformed, SafeTensorsFile file) =>
        malformed is JsonException json ? json.Message
        : Required.Where(key => !file.Metadata.ContainsKey(key)).ToList() is [_, ..] missing
            ? $"there is no {string.Join(", ", missing)}."
        : "a part of it is of a kind that this release does not know.";

    private static ulong? ReadSeed(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private static ParameterValues ReadValues(SafeTensorsFile file, string key) =>
        new(Part(file, key, Json.ValueMapParameterValue));
}
