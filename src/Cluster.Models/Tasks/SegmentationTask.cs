using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Tasks;

/// <summary>One class for each pixel: cross-entropy, pixel accuracy and mean intersection over union; void pixels count nowhere.</summary>
internal sealed class SegmentationTask : ITask
{
    /// <summary>Target of a void pixel.</summary>
    public const int IgnoreIndex = -1;

    private readonly int _classes;
    private readonly double _smoothing;
    private readonly Tensor? _weights;

    /// <param name="hyperparameters">Reads <c>labelSmoothing</c> and <c>classWeights</c>.</param>
    /// <param name="context">Brings the classes and how often each occurs in the training part.</param>
    public SegmentationTask(Hyperparameters hyperparameters, TaskContext context)
    {
        _classes = context.Shape.ClassLabels.Count;
        var options = hyperparameters.Read<PixelClassificationOptions>();
        _smoothing = options.LabelSmoothing;
        _weights = options.ClassWeights == ClassWeighting.Balanced ? ClassWeights.Balanced(context) : null;
        Expects = new([_classes, .. context.Shape.Input.Skip(1)], $"a score of each of the {_classes} classes for each pixel");
    }

    /// <summary>The scores of every segmentation.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } =
    [
        ScoreDefinition.Of("accuracy"),
        ScoreDefinition.Of("iou"),
        ScoreDefinition.Of("f1"),
    ];

    public ValueArray<ScoreDefinition> Scores => Definitions;

    public OutputShape Expects { get; }

    public double? UninformedLoss => Math.Log(_classes);

    public Tensor Loss(Tensor output, Batch batch) =>
        cross_entropy(
            output, batch.Targets, WeightsFor(output), ignore_index: IgnoreIndex, label_smoothing: output.requires_grad ? _smoothing : 0);

    // Pixels without a class count for nothing.
    public Tensor WeightOf(Batch batch)
    {
        var truths = batch.Targets.flatten();
        var known = truths.masked_select(truths.ne(Scalars.Of((long)IgnoreIndex)));
        return _weights is null ? known.ne(Scalars.Of((long)IgnoreIndex)).sum() : _weights.index_select(0, known).sum();
    }

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var truths = batch.Targets.flatten();
        var known = truths.ne(Scalars.Of((long)IgnoreIndex));
        return ConfusionMatrix.Count(output.argmax(1).flatten().masked_select(known), truths.masked_select(known), _classes);
    }

    public IReadOnlyList<RowScore> ScoreRows(Tensor output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var losses = cross_entropy(output, batch.Targets, ignore_index: IgnoreIndex, reduction: nn.Reduction.None)
            .to(float64)
            .flatten()
            .cpu()
            .data<double>()
            .ToArray();
        var (answers, truths) = (output.argmax(1).flatten().cpu().data<long>().ToArray(), batch.Targets
            .flatten()
            .cpu()
            .data<long>()
            .ToArray());
        var scores = MaskScores.Of(answers, truths, losses, (int)batch.Targets.size(0), _classes);

        // A weighted loss is no mean over images.
        return _weights is null ? scores : [.. scores.Where(score => score.Metric != "loss")];
    }

    public double[] Summarise(ReadOnlySpan<double> statistics)
    {
        var confusion = new ConfusionMatrix(statistics, _classes);
        return [confusion.Accuracy, confusion.Macro(confusion.IntersectionOverUnion), confusion.Macro(confusion.F1)];
    }

    public Tensor Predict(Tensor output) => output.softmax(1, float64);

    public Tensor Average(IReadOnlyList<Tensor> outputs) => outputs.Count == 1
        ? outputs[0]
        : OutputOf(stack([.. outputs.Select(Predict)]).mean([0]));

    public Tensor OutputOf(Tensor predictions) => ClassificationTask.LogOf(predictions);

    // Combined predictions are double.
    private Tensor? WeightsFor(Tensor output) => _weights is null || _weights.dtype == output.dtype ? _weights : _weights.to(output.dtype);
}
