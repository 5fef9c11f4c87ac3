using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Fills the encoder of a network with the weights of an earlier model.</summary>
internal static class PretrainedEncoder
{
    private const string Prefix = "encoder.";
    private const long MaximumBytes = 2L << 30;

    // Files of older versions of PyTorch have no counters of batches, and nothing that is used here depends on them.
    private const string Counter = ".num_batches_tracked";

    /// <summary>Copies every weight whose name begins with <c>encoder.</c>; a file may leave that beginning out.</summary>
    /// <param name="module">The network.</param>
    /// <param name="spec">The model.</param>
    /// <param name="artifacts">Where models of searches lie.</param>
    /// <exception cref="ArtifactException">SC4000: there is no such model; SC4006: its encoder has other weights.</exception>
    /// <exception cref="DataException">The file that the spec names cannot be read.</exception>
    public static void Fill(nn.Module module, PretrainedSpec spec, IArtifacts artifacts)
    {
        var stored = Read(spec, artifacts).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var filled = module.named_parameters().Select(entry => (entry.name, Tensor: (Tensor)entry.parameter))
            .Concat(module.named_buffers().Select(entry => (entry.name, Tensor: entry.buffer)))
            .Where(entry => entry.name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(entry => (Name: stored.ContainsKey(entry.name) ? entry.name : entry.name[Prefix.Length..], entry.Tensor))
            .Where(entry => stored.ContainsKey(entry.Name) || !entry.Name.EndsWith(Counter, StringComparison.Ordinal)).ToList();
        filled.ForEach(entry => TensorCodec.CheckFits(entry.Name, entry.Tensor, stored));
        filled.ForEach(entry => TensorCodec.CopyInto(entry.Tensor, stored[entry.Name]));
    }

    /// <summary>The same for a network that is built by a plan: what does not fit is told with both models.</summary>
    /// <param name="module">The network.</param>
    /// <param name="plan">What it was built by.</param>
    /// <param name="spec">The earlier model.</param>
    /// <param name="artifacts">Where models of searches lie.</param>
    /// <exception cref="DataException">SC4006: the trial that the spec names has no such encoder. Every trial would meet that, so the
    /// search stops.</exception>
    public static void Fill(nn.Module module, NetworkPlan plan, PretrainedSpec spec, IArtifacts artifacts)
    {
        try
        {
            Fill(module, spec, artifacts);
        }
        catch (ArtifactException other) when (other.Code == ModelCodes.Mismatch && spec is { From: { } search, Trial: { } trial })
        {
            var earlier = Open(artifacts, search, trial);
            string[] fitting =
            [
                .. WorkloadCatalog.Default.Descriptors
                    .Where(workload => spec.Parameters.All(name => workload.Hyperparameters.Any(known => known.Name == name)))
                    .Select(workload => workload.Name),
            ];
            var names = fitting.Length > 1 ? $"{string.Join(", ", fitting[..^1])} or {fitting[^1]}" : string.Concat(fitting);
            throw new DataException(
                ModelCodes.Mismatch,
                $"workload.pretrained: trial {trial} of search '{search}' is of workload {earlier.Workload} with inputs "
                    + $"{SizeOf(earlier.Shape)}, and its encoder does not fit workload {plan.Workload.Descriptor.Name} with inputs "
                    + $"{SizeOf(plan.Data.Shape)}. Name a search of workload {names} with inputs of this size. {other.Message}",
                other);
        }
    }

    private static string SizeOf(DataShape shape) => string.Join(" × ", shape.Input);

    private static ModelFile Open(IArtifacts artifacts, SearchId search, TrialId trial)
    {
        using var stream = artifacts.OpenRead(ArtifactPaths.Model(search, trial))
            ?? throw new ArtifactException(
                ModelCodes.CannotOpen, $"Trial {trial} of search {search} has no model here, so nothing can start from it.");
        return ModelFile.Read(stream);
    }

    private static IReadOnlyList<StoredTensor> Read(PretrainedSpec spec, IArtifacts artifacts)
    {
        if (spec.File is { } file)
        {
            var content = DataFiles.Read(file, MaximumBytes);
            try
            {
                return file.EndsWith(".scm", StringComparison.OrdinalIgnoreCase)
                    ? ModelFile.Read(new MemoryStream(content, writable: false)).Weights
                    : SafeTensorsReader.Read(content).Tensors;
            }
            catch (ArtifactException damaged)
            {
                // What a spec names is the user's to correct: the search stops, instead of failing trial after trial.
                throw new DataException(damaged.Code,
                    $"workload.pretrained.file {DisplayText.ShortenPath(file)}: {damaged.Message}", damaged);
            }
        }

        return spec is { From: { } search, Trial: { } trial }
            ? Open(artifacts, search, trial).Weights
            : throw new ArtifactException(ModelCodes.CannotOpen, "The pretrained model is not named; submit the search again.");
    }
}
