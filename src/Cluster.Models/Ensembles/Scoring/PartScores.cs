using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Scores of a model, or of several together, on some rows: all of them from the task that trials are measured by.</summary>
/// <param name="Metrics">By name without a part.</param>
/// <param name="Rows">Those metrics that are means over rows, row by row; empty where nobody asked for them.</param>
/// <param name="Confusion">How often each true class was answered by each; null where the answer is no class.</param>
internal sealed record PartScores(ValueMap<double> Metrics, RowScore[] Rows, ConfusionMatrix? Confusion)
{
    /// <summary>The same with the metrics of rows that the task does not measure of trials, for example of each image.</summary>
    public PartScores WithRowMetrics() => this with
    {
        Metrics = Rows.Where(score => !Metrics.ContainsKey(score.Metric))
            .Aggregate(Metrics, (all, score) => all.With(score.Metric, score.Mean)),
    };

    /// <summary>Scores outputs.</summary>
    /// <param name="task">Who defines the metrics.</param>
    /// <param name="shape">Of the data.</param>
    /// <param name="isAutoencoder">True where the answer is no class, whatever the data ask for.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="byRow">Whether rows are scored one by one too.</param>
    /// <param name="pass">Gives some rows with their output, from the first one on.</param>
    /// <param name="sums">Takes what the metrics are made of; null for nobody.</param>
    public static PartScores Of(
        ITask task,
        DataShape shape,
        bool isAutoencoder,
        int rows,
        bool byRow,
        Func<int, int, (Batch Batch, Tensor Output)> pass,
        RowSums? sums = null)
    {
        var (counts, scored) = (new ConfusionCounts(shape, isAutoencoder), new List<IReadOnlyList<RowScore>>());
        var measured = PartEvaluation.Of(task, shape, rows, (start, count) =>
        {
            var (batch, output) = pass(start, count);
            counts.Add(() => task.Predict(output), batch.Targets);
            sums?.Add(task, start, batch, output);
            if (byRow)
            {
                scored.Add(task.ScoreRows(output, batch));
            }

            return (batch, output);
        });
        var names = task.Scores.Select(score => score.Name).Prepend("loss");
        return new(new(names.Zip(measured, KeyValuePair.Create)), RowScore.Concat(scored), counts.ToMatrix());
    }
}
