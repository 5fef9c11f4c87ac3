using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Shift and scale of the numbers to answer, fitted on the training part; empty where the answer is a class.</summary>
/// <param name="Mean">Mean of each output.</param>
/// <param name="Deviation">Standard deviation of each output; 1 for a constant one.</param>
public sealed record TargetScaling(ValueArray<float> Mean, ValueArray<float> Deviation)
{
    /// <summary>No numbers to answer.</summary>
    public static TargetScaling None { get; } = new([], []);

    /// <summary>Fits the scaling in double precision.</summary>
    /// <param name="targets">Numbers, float32, shape [rows, outputs], on the host.</param>
    internal static TargetScaling Fit(Tensor targets)
    {
        using var scope = NewDisposeScope();
        var exact = targets.to(float64);
        var mean = exact.mean([0]);
        var deviation = exact.sub(mean).Squared().mean([0]).sqrt().to(float32).data<float>().ToArray();
        return new(
            mean.to(float32).data<float>().ToArray().ToValueArray(),
            deviation.Select(d => d > 0 && float.IsNormal(d) ? d : 1).ToValueArray());
    }

    /// <summary>Scales numbers.</summary>
    /// <param name="targets">Float32, shape [rows, outputs], on the host.</param>
    internal Tensor Apply(Tensor targets) => targets.sub(tensor([.. Mean])).div(tensor([.. Deviation]));
}
