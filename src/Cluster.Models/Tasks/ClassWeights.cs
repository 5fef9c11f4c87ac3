using static TorchSharp.torch;

namespace SearchCluster.Models.Tasks;

/// <summary>Weights against class imbalance.</summary>
internal static class ClassWeights
{
    /// <summary>Weighs each class by rows / (classes × its rows) in the training part, so that all classes
    /// weigh alike and a balanced set has weights 1.</summary>
    /// <returns>Float32 on the device; 0 for a class without training rows. Null when the counts are not known, as for a saved model, which
    /// has no use for weights.</returns>
    public static Tensor? Balanced(TaskContext context) => context.ClassCounts.Count == 0
        ? null
        : tensor([.. Of([.. context.ClassCounts]).Select(weight => (float)weight)]).to(context.Device);

    /// <summary>The same weights as numbers.</summary>
    /// <param name="counts">Training rows (or pixels) of each class.</param>
    public static double[] Of(long[] counts)
    {
        var (rows, present) = (counts.Sum(), counts.Count(count => count > 0));
        return [.. counts.Select(count => count == 0 ? 0 : (double)rows / (present * count))];
    }
}
