using SearchCluster.Artifacts;
using static TorchSharp.torch;

namespace SearchCluster.Models.Checkpoints;

/// <summary>Moves tensors into bytes and back; nothing is written into a tensor before its shape was compared.</summary>
internal static class TensorCodec
{
    /// <summary>Code of saved state that belongs to another trial, network or optimizer.</summary>
    public const string MismatchCode = ModelCodes.Mismatch;

    public static StoredTensor Store(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var host = tensor.detach().cpu().contiguous();
        return new(name, TypeOf(tensor), tensor.shape, host.bytes.ToArray());
    }

    public static void CheckFits(string name, Tensor tensor, IReadOnlyDictionary<string, StoredTensor> stored) =>
        CheckShape(name, stored, TypeOf(tensor), tensor.shape);

    public static void CheckShape(string name, IReadOnlyDictionary<string, StoredTensor> stored, StoredType type, ReadOnlySpan<long> shape)
    {
        if (!stored.TryGetValue(name, out var found))
        {
            throw Mismatch($"'{name}' is missing");
        }

        if (found.Type != type || !found.Shape.AsSpan().SequenceEqual(shape))
        {
            throw Mismatch(
                $"'{name}' is {found.Type}[{string.Join(",", found.Shape)}], expected {type}[{string.Join(",", shape.ToArray())}]");
        }
    }

    /// <summary>Overwrites a tensor of the same type and shape.</summary>
    public static void CopyInto(Tensor target, StoredTensor stored)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var host = empty(stored.Shape, target.dtype);
        host.bytes = stored.Bytes.ToArray();
        target.copy_(host);
    }

    public static ArtifactException Mismatch(string difference) =>
        new(MismatchCode, $"The saved state belongs to another network or optimizer: {difference}.");

    private static StoredType TypeOf(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float32 => StoredType.F32,
        ScalarType.Float64 => StoredType.F64,
        ScalarType.Int64 => StoredType.I64,
        ScalarType.Byte => StoredType.U8,
        var other => throw new ArtifactException(
            ModelCodes.TooLarge, $"A tensor has element type {other}, but only Float32, Float64, Int64 and Byte are stored."),
    };
}
