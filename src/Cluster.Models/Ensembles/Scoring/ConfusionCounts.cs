using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Counts true against predicted classes, batch by batch.</summary>
/// <param name="shape">What the model answers.</param>
/// <param name="isAutoencoder">True where the answer is no class, whatever the data ask for.</param>
internal sealed class ConfusionCounts(DataShape shape, bool isAutoencoder)
{
    private readonly bool _counts = !isAutoencoder && shape.Target != TargetKind.Numbers;
    private readonly double[] _sums = new double[shape.ClassLabels.Count * shape.ClassLabels.Count];

    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">Probabilities, classes along dimension 1; not asked for where there is nothing to count.</param>
    /// <param name="targets">True classes; negative ones count nowhere.</param>
    public void Add(Func<Tensor> predictions, Tensor targets)
    {
        if (!_counts)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var truths = targets.flatten();
        var known = truths.ge(Scalars.Of(0L));
        var answers = predictions().argmax(1).flatten();
        var counts = ConfusionMatrix.Count(answers.masked_select(known), truths.masked_select(known), shape.ClassLabels.Count)
            .cpu()
            .data<double>()
            .ToArray();
        for (var i = 0; i < counts.Length; i++)
        {
            _sums[i] += counts[i];
        }
    }

    /// <summary>What was counted; null where there was nothing to count.</summary>
    public ConfusionMatrix? ToMatrix() => _counts ? new(_sums, shape.ClassLabels.Count) : null;
}
