using SearchCluster.Contracts.Metrics;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tasks;

/// <summary>What a network is trained for: its loss, its scores and how its outputs are read. One instance per trial.</summary>
/// <remarks>
/// Scores such as F1 or R² are no means over rows. So a task gathers <em>statistics</em>, which are summed over the batches of a part on
/// the device, and turns the sum into scores once.
/// </remarks>
public interface ITask
{
    /// <summary>What is measured beside the loss, in the order of <see cref="Summarise"/>.</summary>
    ValueArray<ScoreDefinition> Scores { get; }

    /// <summary>Computes the mean loss of a batch.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="batch">What went in, and what should have come out.</param>
    /// <returns>A single number with gradient.</returns>
    Tensor Loss(Tensor output, Batch batch);

    /// <summary>Tells how much the mean loss of a batch counts beside those of other batches, where not all of
    /// its rows count alike.</summary>
    /// <returns>The sum of the weights that the mean was taken with, 0 where nothing of the batch counts; null
    /// for its number of rows.</returns>
    Tensor? WeightOf(Batch batch) => null;

    /// <summary>Gathers what the scores are made of.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="batch">What went in, and what should have come out.</param>
    /// <returns>Float64, one-dimensional, on the device; summed over the batches of a part.</returns>
    Tensor Statistics(Tensor output, Batch batch);

    /// <summary>Turns summed statistics into scores.</summary>
    /// <param name="statistics">The sum.</param>
    /// <returns>One value for each of <see cref="Scores"/>; NaN where a score is not defined.</returns>
    double[] Summarise(ReadOnlySpan<double> statistics);

    /// <summary>Scores each row by itself by those metrics that are means over rows, so that the difference
    /// between two models can be resampled.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="batch">What went in, and what should have come out.</param>
    /// <returns>The mean over the rows of a part is the metric of the part; none where the task has no such metric.</returns>
    IReadOnlyList<RowScore> ScoreRows(Tensor output, Batch batch) => [];

    /// <summary>Turns outputs into predictions: class probabilities, which sum to 1 along dimension 1, or
    /// numbers in the units of the data, float64.</summary>
    /// <param name="output">The network's output.</param>
    /// <returns>The predictions.</returns>
    Tensor Predict(Tensor output);

    /// <summary>Averages the outputs of several passes over one batch (Monte-Carlo dropout), so that the result
    /// can be scored like one output.</summary>
    /// <param name="outputs">At least one.</param>
    /// <returns>One output.</returns>
    Tensor Average(IReadOnlyList<Tensor> outputs);

    /// <summary>Finds an output that gives these predictions, so that what several models say together can be
    /// scored like one output.</summary>
    /// <param name="predictions">As <see cref="Predict"/> gives them.</param>
    /// <returns>One output; null where the task has no such way back, which leaves the combined predictions
    /// without the task's own scores.</returns>
    Tensor? OutputOf(Tensor predictions) => null;

    /// <summary>The loss of a network that knows nothing, so that every answer is as probable as any other.</summary>
    /// <value>Null where the loss has no such value.</value>
    double? UninformedLoss => null;

    /// <summary>Shape of the output for one row, which the first batch is checked against.</summary>
    /// <value>Null to take any.</value>
    OutputShape? Expects => null;
}

/// <summary>What a task reads of a network.</summary>
/// <param name="Sizes">Sizes of the output for one row.</param>
/// <param name="Meaning">What the numbers are, for people, for example <c>a score of each of the 10 classes</c>.</param>
public sealed record OutputShape(ValueArray<long> Sizes, string Meaning);

/// <summary>A few rows on their way through the network.</summary>
/// <param name="Inputs">What the network sees, float32 or int64, shape [rows, …].</param>
/// <param name="Targets">What it should answer; see <see cref="Data.DataPart.Targets"/>.</param>
public readonly record struct Batch(Tensor Inputs, Tensor Targets);

/// <summary>A metric that is measured beside the loss.</summary>
/// <param name="Name">Name after <c>val/</c> and <c>test/</c>.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Constant">Why it is the same for every network on these data, so that it cannot choose between
/// them; null where it can.</param>
public sealed record ScoreDefinition(string Name, Direction Direction, string? Constant = null)
{
    /// <summary>A metric of the product.</summary>
    /// <param name="name">Its name in <see cref="MetricCatalog"/>.</param>
    /// <returns>The definition, with the metric's own direction.</returns>
    internal static ScoreDefinition Of(string name) => new(name, MetricCatalog.Find(name)!.Direction);
}
