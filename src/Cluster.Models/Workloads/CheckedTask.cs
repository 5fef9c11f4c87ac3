using SearchCluster.Models.Configuration;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>A task that looks at the first batch before anything is computed from it.</summary>
/// <remarks>
/// libtorch broadcasts shapes that do not fit, with a warning for each batch and a number that means nothing; a
/// sentence at the first batch is all a person needs. Of later batches only what costs nothing is checked.
/// </remarks>
/// <param name="task">What the workload made.</param>
/// <param name="workload">Who made it.</param>
internal sealed class CheckedTask(ITask task, INetworkWorkload workload) : ITask
{
    private bool _isChecked;

    public ValueArray<ScoreDefinition> Scores { get; } = workload.Require(task.Scores, nameof(ITask.Scores));

    public OutputShape? Expects => task.Expects;

    public double? UninformedLoss => task.UninformedLoss;

    public Tensor Loss(Tensor output, Batch batch)
    {
        Check(output, batch.Inputs.size(0));
        var loss = workload.Require(task.Loss(output, batch), nameof(ITask.Loss));
        return loss.numel() == 1 ? loss : throw new WorkloadConfigurationException(
            $"Loss of workload '{workload.Descriptor.Name}' returned {Describe(loss)}, but must return a single number, the mean over the "
                + $"batch; add .mean().");
    }

    public Tensor? WeightOf(Batch batch) => task.WeightOf(batch);

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var statistics = workload.Require(task.Statistics(output, batch), nameof(ITask.Statistics));
        return statistics is { dtype: ScalarType.Float64 } && statistics.dim() == 1 ? statistics : throw new WorkloadConfigurationException(
            $"Statistics of workload '{workload.Descriptor.Name}' returned {Describe(statistics)}, but must return float64 in one "
                + $"dimension; they are summed over the batches.");
    }

    public double[] Summarise(ReadOnlySpan<double> statistics)
    {
        var scores = workload.Require(task.Summarise(statistics), nameof(ITask.Summarise));
        return scores.Length == Scores.Count ? scores : throw new WorkloadConfigurationException(
            $"Summarise of workload '{workload.Descriptor.Name}' returned {scores.Length} values, but its {nameof(ITask.Scores)} are "
                + $"{Scores.Count}: {string.Join(", ", Scores.Select(score => score.Name))}.");
    }

    public Tensor Predict(Tensor output) => workload.Require(task.Predict(output), nameof(ITask.Predict));

    public Tensor Average(IReadOnlyList<Tensor> outputs) => workload.Require(task.Average(outputs), nameof(ITask.Average));

    public IReadOnlyList<RowScore> ScoreRows(Tensor output, Batch batch) =>
        workload.Require(task.ScoreRows(output, batch), nameof(ITask.ScoreRows));

    public Tensor? OutputOf(Tensor predictions) => task.OutputOf(predictions);

    /// <summary>Compares an output with what the task reads.</summary>
    /// <param name="output">Of the network; null is told as such.</param>
    /// <param name="rows">Rows that went in.</param>
    /// <exception cref="WorkloadConfigurationException">They do not fit.</exception>
    public void Check(Tensor? output, long rows)
    {
        if (_isChecked)
        {
            return;
        }

        var answer = workload.Require(output, "forward of the network");
        if (Expects is { } expected && (!answer.shape.AsSpan().SequenceEqual([rows, .. expected.Sizes]) || !answer.is_floating_point()))
        {
            throw new WorkloadConfigurationException(
                $"The network of workload '{workload.Descriptor.Name}' answers {rows} rows with {Describe(answer)}, but its task reads "
                    + $"float32 of shape [{string.Join(", ", expected.Sizes.Prepend(rows))}]: for each row {expected.Meaning}; correct its "
                    + $"last layer.");
        }

        _isChecked = true;
    }

    private static string Describe(Tensor tensor) =>
        $"{tensor.dtype.ToString().ToLowerInvariant()} of shape [{string.Join(", ", tensor.shape)}]";
}
