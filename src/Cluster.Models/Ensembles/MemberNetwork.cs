using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>A kept model ready to classify.</summary>
internal sealed class MemberNetwork : IDisposable
{
    private readonly INetworkWorkload _workload;
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly Device _device;

    private MemberNetwork(ModelFile file, INetworkWorkload workload, nn.Module<Tensor, Tensor> module, Device device)
    {
        (File, _workload, _module, _device) = (file, workload, module, device);
    }

    public ModelFile File { get; }

    /// <summary>Builds the network and fills in its weights.</summary>
    /// <exception cref="ArtifactException">SC4006: the weights are of another network.</exception>
    public static MemberNetwork Open(ModelFile file, INetworkWorkload workload, Device device)
    {
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, file.Fixed, file.Values);
        MemoryGuard.Check(workload.CountParameters(hyperparameters, file.Shape), device);
        var module = workload.Build(hyperparameters, file.Shape, seed: 0, device);
        var weights = file.Weights.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var state = module.named_parameters().Select(entry => (entry.name, Tensor: (Tensor)entry.parameter)).Concat(module.named_buffers().Select(entry => (entry.name, Tensor: entry.buffer))).ToArray();
        foreach (var (name, tensor) in state)
        {
            TensorCodec.CheckFits(name, tensor, weights);
        }

        foreach (var (name, tensor) in state)
        {
            TensorCodec.CopyInto(tensor, weights[name]);

            // Built inside a scope, but it lives as long as this object.
            tensor.DetachFromDisposeScope();
        }

        module.eval();
        return new(file, workload, module, device);
    }

    /// <summary>Classifies normalised rows on the device.</summary>
    /// <returns>Probabilities, shape [rows, classes].</returns>
    public Tensor Classify(Tensor features) => _workload.Probabilities(_module.forward(features));

    /// <summary>Normalises raw rows and classifies them.</summary>
    public float[,] Predict(float[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (count, columns) = (rows.GetLength(0), rows.GetLength(1));
        if (columns != File.Shape.Columns.Count)
        {
            throw new ArtifactException("SC4120", $"The rows have {columns} columns, but the model expects {File.Shape.Columns.Count}.");
        }

        var normalised = new float[count * columns];
        for (var i = 0; i < normalised.Length; i++)
        {
            normalised[i] = File.Normalisation.Apply(rows[i / columns, i % columns], i % columns);
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var probabilities = Classify(tensor(normalised, [count, columns]).to(_device)).cpu().contiguous();
        var result = new float[count, File.Shape.ClassLabels.Count];
        Buffer.BlockCopy(probabilities.data<float>().ToArray(), 0, result, 0, result.Length * sizeof(float));
        return result;
    }

    public void Dispose() => _module.Dispose();
}
