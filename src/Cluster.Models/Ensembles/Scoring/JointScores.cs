using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Scores what several models say together, by the task of their trials: it is given an output that
/// predicts what they predict.</summary>
/// <remarks>A task of the user's own that knows no such output is not asked; what is right or wrong is then counted by the product's own
/// task, and there is no loss.</remarks>
internal sealed class JointScores
{
    // Predictions of masks are many times as large as the images.
    private const long PredictionsAtOnce = 1 << 22;

    private readonly DataShape _shape;
    private readonly Device _device;
    private readonly ITask _task;
    private readonly bool _isTheirTask;

    private JointScores(ITask task, DataShape shape, TargetScaling scaling, Device device)
    {
        (_shape, _device) = (shape, device);
        long[] probe = shape.Target == TargetKind.Mask ? [1, shape.Outputs, 1, 1] : [1, shape.Outputs];
        _isTheirTask = task.OutputOf(tensor([.. Enumerable.Repeat(1.0 / shape.Outputs, shape.Outputs)], probe).to(device)) is not null;
        _task = _isTheirTask ? task : PlainTask.For(shape, scaling, device);
    }

    /// <summary>For models that are opened.</summary>
    /// <param name="first">The one whose task it is.</param>
    public static JointScores Of(MemberNetwork first) => new(first.Task, first.File.Shape, first.File.TargetScaling, first.Device);

    /// <summary>For the trials of an ensemble, by the task of the best.</summary>
    public static JointScores Of(EnsembleSetup setup)
    {
        var hyperparameters = Hyperparameters.Create(
            setup.Workload.Descriptor, setup.Assignment.Plan.Workload.Fixed, setup.Assignment.Members[0].Values);
        return new(
            setup.Workload.TaskOf(hyperparameters, TaskContext.Of(setup.Data)),
            setup.Data.Shape,
            setup.Data.TargetScaling,
            setup.Device);
    }

    /// <summary>Predictions for each row of a data set: its pixels for masks, 1 otherwise.</summary>
    public static int CellsOf(DataShape shape) => shape.Target == TargetKind.Mask ? (int)(shape.Input[1] * shape.Input[2]) : 1;

    /// <summary>Scores predictions.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="predict">Predicts some of them: shape [rows × cells, outputs].</param>
    /// <param name="read">Reads the same rows with their answers.</param>
    /// <param name="sums">Takes what the metrics are made of; null for nobody.</param>
    public PartScores Of(int rows, Func<int, int, double[,]> predict, Func<int, int, Batch> read, RowSums? sums = null)
    {
        var scores = PartScores.Of(_task, _shape, isAutoencoder: false, rows, byRow: true, (start, count) =>
        {
            var size = (int)Math.Max(1, PredictionsAtOnce / ((long)CellsOf(_shape) * _shape.Outputs));
            var predictions = new List<Tensor>();
            for (var from = start; from < start + count; from += size)
            {
                var some = Math.Min(size, start + count - from);
                predictions.Add(ToTensor(predict(from, some), some));
            }

            return (read(start, count), _task.OutputOf(predictions.Count == 1 ? predictions[0] : cat(predictions))!);
        }, sums);
        return (_isTheirTask ? scores : WithoutLoss(scores)).WithRowMetrics();
    }

    /// <summary>What a selection minimises: the mean loss of predictions of a whole part.</summary>
    public double LossOf(double[,] predictions, Batch batch)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return _task.Loss(_task.OutputOf(ToTensor(predictions, (int)batch.Targets.size(0)))!, batch).to(float64).cpu().item<double>();
    }

    private static PartScores WithoutLoss(PartScores scores) =>
        scores with
        {
            Metrics = new(scores.Metrics.Where(metric => metric.Key != "loss")),
            Rows = [.. scores.Rows.Where(score => score.Metric != "loss")],
        };

    // As a network answers: the classes of pixels in dimension 1.
    private Tensor ToTensor(double[,] predictions, int rows)
    {
        var all = tensor(predictions).to(_device);
        return _shape.Target == TargetKind.Mask ? all.reshape(rows, _shape.Input[1], _shape.Input[2], -1).permute(0, 3, 1, 2) : all;
    }
}
