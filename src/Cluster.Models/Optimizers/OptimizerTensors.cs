using System.Globalization;
using SearchCluster.Models.Checkpoints;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>Lists of tensors that have one member per parameter.</summary>
internal static class OptimizerTensors
{
    public static Tensor[] ZerosLike(IReadOnlyList<Tensor> parameters) =>
        [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];

    public static nint[] Handles(IReadOnlyList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.Handle)];

    public static void FillHandles(IList<Tensor> tensors, nint[] handles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tensors.Count, handles.Length);
        for (var i = 0; i < handles.Length; i++)
        {
            handles[i] = tensors[i].Handle;
        }
    }

    public static IEnumerable<StoredTensor> Store(string prefix, IReadOnlyList<Tensor> tensors) =>
        tensors.Select((tensor, index) => TensorCodec.Store(Name(prefix, index), tensor));

    public static void Check(string prefix, IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, StoredTensor> state)
    {
        for (var i = 0; i < tensors.Count; i++)
        {
            TensorCodec.CheckFits(Name(prefix, i), tensors[i], state);
        }
    }

    public static void Load(string prefix, IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, StoredTensor> state)
    {
        for (var i = 0; i < tensors.Count; i++)
        {
            TensorCodec.CopyInto(tensors[i], state[Name(prefix, i)]);
        }
    }

    public static void Dispose(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }

    private static string Name(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{index}");
}
