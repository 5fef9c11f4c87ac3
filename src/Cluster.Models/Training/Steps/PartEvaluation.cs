using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Measures a network on the rows of a part: in training, and as a saved model, with the same numbers.</summary>
internal static class PartEvaluation
{
    private const long NumbersAtOnce = 1 << 19;
    private const int FewestRows = 16;
    private const int MostRows = 8192;

    /// <summary>Rows of a pass; it follows from the shape alone, so that sums have the same order everywhere.</summary>
    public static int RowsAtOnce(DataShape shape) => (int)Math.Clamp(NumbersAtOnce / shape.InputSize, FewestRows, MostRows);

    /// <summary>Measures.</summary>
    /// <param name="task">Loss and scores.</param>
    /// <param name="shape">Of the data.</param>
    /// <param name="rows">How many.</param>
    /// <param name="pass">Runs the network on some rows, from the first one on.</param>
    /// <returns>Mean loss, then each score.</returns>
    public static double[] Of(ITask task, DataShape shape, int rows, Func<int, int, (Batch Batch, Tensor Output)> pass)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor? lossSum = null, weightSum = null, statistics = null;
        var size = RowsAtOnce(shape);
        for (var start = 0; start < rows; start += size)
        {
            using var step = NewDisposeScope();
            var count = Math.Min(size, rows - start);
            var (batch, output) = pass(start, count);
            var loss = task.Loss(output, batch).to(float64);
            if (task.WeightOf(batch)?.to(float64) is { } weight)
            {
                // The mean of rows that do not count is none; weighted means of passes are weighed by their weights, not by their rows.
                Accumulate(ref lossSum, where(weight.gt(Scalars.Of(0.0)), loss.mul(weight), zeros_like(weight)));
                Accumulate(ref weightSum, weight);
            }
            else
            {
                Accumulate(ref lossSum, loss.mul(Scalars.Of((long)count)));
            }

            Accumulate(ref statistics, task.Statistics(output, batch));
        }

        var mean = lossSum!.cpu().item<double>() / (weightSum is null ? rows : weightSum.cpu().item<double>());
        return [mean, .. task.Summarise(statistics!.cpu().data<double>().ToArray())];
    }

    // The sum outlives the batch's dispose scope.
    private static void Accumulate(ref Tensor? sum, Tensor value) =>
        sum = sum is null ? value.MoveToOuterDisposeScope() : sum.Increase(value);
}
