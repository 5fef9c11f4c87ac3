using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Tasks;

/// <summary>One or more numbers for each row: squared, absolute or Huber loss; MSE, MAE, R² and 1/(2·MSE).</summary>
/// <remarks>
/// Targets are scaled to mean 0 and deviation 1 of the training part (<see cref="TargetScaling"/>), so that
/// step sizes do not depend on units. The loss is that of scaled targets; scores and predictions are in the
/// units of the data. R² is the mean over the outputs, each 1 - Σ(y - ŷ)² / Σ(y - ȳ)² on the part itself.
/// </remarks>
internal sealed class RegressionTask : ITask
{
    private readonly RegressionLoss _loss;
    private readonly double _delta;
    private readonly int _outputs;
    private readonly TargetScaling _scaling;
    private readonly Tensor _mean, _deviation;

    /// <param name="hyperparameters">Reads <c>loss</c> and <c>huberDelta</c>.</param>
    /// <param name="context">Brings the outputs and their scaling.</param>
    public RegressionTask(Hyperparameters hyperparameters, TaskContext context)
    {
        var options = hyperparameters.Read<RegressionOptions>();
        (_loss, _delta) = (options.Loss, options.HuberDelta);
        _outputs = context.Shape.TargetNames.Count;
        _scaling = context.TargetScaling;
        _mean = tensor([.. _scaling.Mean]).to(context.Device);
        _deviation = tensor([.. _scaling.Deviation]).to(context.Device);
    }

    /// <summary>The scores of every regressor.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } =
    [
        ScoreDefinition.Of("mse"),
        ScoreDefinition.Of("mae"),
        ScoreDefinition.Of("r2"),
        ScoreDefinition.Of("score"),
    ];

    public ValueArray<ScoreDefinition> Scores => Definitions;

    public OutputShape Expects => new([_outputs], _outputs == 1 ? "one number" : $"{_outputs} numbers");

    public Tensor Loss(Tensor output, Batch batch) => _loss switch
    {
        RegressionLoss.L1 => l1_loss(output, batch.Targets),
        RegressionLoss.Huber => huber_loss(output, batch.Targets, _delta),
        _ => mse_loss(output, batch.Targets),
    };

    // Sums over the rows: squared errors, absolute errors, targets, squared targets, rows; the targets about
    // the training mean, so that nothing cancels.
    public Tensor Statistics(Tensor output, Batch batch)
    {
        var truth = batch.Targets.to(float64);
        var error = output.to(float64).sub(truth);
        var rows = tensor([(double)truth.size(0)]).to(truth.device);
        return cat([error.Squared().sum([0]), error.abs().sum([0]), truth.sum([0]), truth.Squared().sum([0]), rows]);
    }

    public IReadOnlyList<RowScore> ScoreRows(Tensor output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var losses = _loss switch
        {
            RegressionLoss.L1 => l1_loss(output, batch.Targets, nn.Reduction.None),
            RegressionLoss.Huber => huber_loss(output, batch.Targets, _delta, nn.Reduction.None),
            _ => mse_loss(output, batch.Targets, nn.Reduction.None),
        };
        var error = output.to(float64).sub(batch.Targets.to(float64)).mul(_deviation);
        return [
            RowScore.Of("loss", MeanOfEach(losses)),
            RowScore.Of("mse", MeanOfEach(error.Squared())),
            RowScore.Of("mae", MeanOfEach(error.abs())),
        ];
    }

    public double[] Summarise(ReadOnlySpan<double> statistics)
    {
        var (n, rows) = (_outputs, statistics[^1]);
        var deviation = _scaling.Deviation;
        double squared = 0, absolute = 0, explained = 0;
        for (var k = 0; k < n; k++)
        {
            var spread = statistics[(3 * n) + k] - (statistics[(2 * n) + k] * statistics[(2 * n) + k] / rows);
            squared += statistics[k] * deviation[k] * deviation[k] / (rows * n);
            absolute += statistics[n + k] * deviation[k] / (rows * n);
            explained += spread > 0 ? (1 - (statistics[k] / spread)) / n : double.NaN;
        }

        return [squared, absolute, explained, squared > 0 ? 1 / (2 * squared) : double.NaN];
    }

    // In double precision: a mean like 1700000000 leaves single precision no digits for what the network says.
    public Tensor Predict(Tensor output) => output.to(float64).mul(_deviation).Plus(_mean);

    public Tensor OutputOf(Tensor predictions) => predictions.to(float64).sub(_mean).div(_deviation).to(float32);

    public Tensor Average(IReadOnlyList<Tensor> outputs) => outputs.Count == 1 ? outputs[0] : stack([.. outputs]).mean([0]);

    private static double[] MeanOfEach(Tensor rows) => rows.to(float64).mean([1]).cpu().data<double>().ToArray();
}
