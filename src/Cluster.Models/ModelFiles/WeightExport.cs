using System.Text.Json;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Contracts.Wire;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;

namespace SearchCluster.Models.ModelFiles;

/// <summary>Takes the weights of a kept model away as plain safetensors, for programs of any language.</summary>
public static class WeightExport
{
    /// <summary>Converts a model file.</summary>
    /// <param name="modelFile">Path of a <c>.scm</c> file; its checksum is verified.</param>
    /// <param name="safetensorsFile">Path of the file to write; an existing one is replaced as a whole.</param>
    /// <returns>What the file holds.</returns>
    /// <remarks>
    /// Tensors have the names, shapes and element types that PyTorch gives to layers of the same kind
    /// (<c>layers.0.weight</c>, shape [outputs, inputs]), so that
    /// <c>load_state_dict</c> takes them. The metadata has <c>format: pt</c>, and as JSON texts the workload, the configuration, the shape
    /// of the data, the preprocessing and the metrics. Source of the format: github.com/huggingface/safetensors, README, "Format".
    /// </remarks>
    /// <exception cref="ArtifactException">The model file is missing, damaged, or no model, or the other file
    /// cannot be written.</exception>
    public static ExportedWeights Write(string modelFile, string safetensorsFile)
    {
        ArgumentNullException.ThrowIfNull(modelFile);
        ArgumentNullException.ThrowIfNull(safetensorsFile);
        try
        {
            var model = ModelFile.Open(modelFile);
            var content = new SafeTensorsFile(Metadata(model), model.Weights);
            WholeFile.Write(
                safetensorsFile, stream => SafeTensorsFile.Write(stream, content.Header(), content.Tensors), survivesPowerLoss: false);
            return new(
                model.Workload,
                model.Fixed,
                model.Values,
                model.Metrics,
                model.Shape,
                content.Metadata["preprocessing"],
                [.. model.Weights.Select(tensor => new ExportedTensor(tensor.Name, tensor.Type.ToString(), [.. tensor.Shape]))]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException(
                ModelCodes.Unwritable,
                $"The weights of '{DisplayText.ShortenPath(modelFile)}' cannot be written to '{DisplayText.ShortenPath(safetensorsFile)}': "
                    + $"{failure.Message}",
                failure);
        }
    }

    private static Dictionary<string, string> Metadata(ModelFile model) => new(StringComparer.Ordinal)
    {
        ["format"] = "pt",
        ["workload"] = model.Workload,
        ["parameters"] = JsonSerializer.Serialize(
            new ValueMap<ParameterValue>(model.Fixed.Entries.Concat(model.Values.Entries)),
            ContractsJsonContext.Default.ValueMapParameterValue),
        ["shape"] = JsonSerializer.Serialize(model.Shape, ModelJsonContext.Default.DataShape),
        ["preprocessing"] = JsonSerializer.Serialize(model.Preprocessing, ModelJsonContext.Default.InputPreprocessing),
        ["targetScaling"] = JsonSerializer.Serialize(model.TargetScaling, ModelJsonContext.Default.TargetScaling),
        ["metrics"] = JsonSerializer.Serialize(
            new Dictionary<string, double>(model.Metrics, StringComparer.Ordinal), ModelJsonContext.Default.DictionaryStringDouble),
    };
}

/// <summary>What a file of exported weights holds.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Fixed">Constants of the spec.</param>
/// <param name="Values">The trial's configuration.</param>
/// <param name="Metrics">Metrics of the weights.</param>
/// <param name="Shape">Inputs and answers.</param>
/// <param name="Preprocessing">How raw rows become inputs, as JSON.</param>
/// <param name="Tensors">The tensors, in the order of the file.</param>
public sealed record ExportedWeights(
    string Workload,
    ParameterValues Fixed,
    ParameterValues Values,
    ValueMap<double> Metrics,
    DataShape Shape,
    string Preprocessing,
    IReadOnlyList<ExportedTensor> Tensors);

/// <summary>One exported tensor.</summary>
/// <param name="Name">Its name in PyTorch.</param>
/// <param name="Type">Element type as in safetensors, for example <c>F32</c>.</param>
/// <param name="Shape">Sizes.</param>
public sealed record ExportedTensor(string Name, string Type, IReadOnlyList<long> Shape);
