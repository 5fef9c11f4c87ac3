using SearchCluster.Models.Workloads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Tasks;

/// <summary>One class for each row: cross-entropy or hinge loss, accuracy, macro precision, recall and F1.</summary>
/// <remarks>
/// Hinge: the multi-class loss of Crammer and Singer (JMLR 2001) in the summed form of Weston and Watkins (ESANN 1999), Σ max(0, 1 + s_j - s_y) over the
/// wrong classes j. Label smoothing: Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016, section 7, in training only.
/// </remarks>
internal sealed class ClassificationTask : ITask
{
    private readonly int _classes;
    private readonly bool _isHinge;
    private readonly double _smoothing;
    private readonly Tensor? _weights;
    private readonly int _top;

    /// <param name="hyperparameters">Reads <c>loss</c>, <c>labelSmoothing</c> and <c>classWeights</c>.</param>
    /// <param name="context">Brings the classes and how often each occurs in the training part.</param>
    public ClassificationTask(Hyperparameters hyperparameters, TaskContext context)
    {
        _classes = context.Shape.ClassLabels.Count;
        _isHinge = hyperparameters.Text("loss") == "hinge";
        _smoothing = hyperparameters.Real("labelSmoothing");
        _weights = hyperparameters.Text("classWeights") == "balanced" ? ClassWeights.Balanced(context) : null;

        // The five best answers say nothing where there are ten classes or fewer.
        _top = _classes > 10 ? 5 : 2;
    }

    /// <summary>The scores of every classifier.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } =
    [
        new("accuracy", Direction.Maximize),
        new("topk", Direction.Maximize),
        new("precision", Direction.Maximize),
        new("recall", Direction.Maximize),
        new("f1", Direction.Maximize),
    ];

    public ValueArray<ScoreDefinition> Scores => Definitions;

    public Tensor Loss(Tensor output, Batch batch) =>
        _isHinge ? Hinge(output, batch.Targets) : cross_entropy(output, batch.Targets, _weights, label_smoothing: output.requires_grad ? _smoothing : 0);

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var (_, best) = output.topk(Math.Min(_top, _classes), 1);
        var inTop = best.eq(batch.Targets.unsqueeze(1)).any(1).sum().to(float64).reshape(1);
        return cat([ConfusionMatrix.Count(output.argmax(1), batch.Targets, _classes), inTop]);
    }

    public double[] Summarise(ReadOnlySpan<double> statistics)
    {
        var confusion = new ConfusionMatrix(statistics, _classes);
        double rows = 0;
        foreach (var count in statistics[..^1])
        {
            rows += count;
        }

        return [confusion.Accuracy, statistics[^1] / rows, confusion.Macro(confusion.Precision), confusion.Macro(confusion.Recall), confusion.Macro(confusion.F1)];
    }

    public Tensor Predict(Tensor output) => output.softmax(1);

    // The logarithm of the mean probability is an output whose softmax is that mean.
    public Tensor Average(IReadOnlyList<Tensor> outputs) => outputs.Count == 1
        ? outputs[0]
        : stack([.. outputs.Select(output => output.softmax(1))]).mean([0]).clamp_min(1e-12).log();

    private Tensor Hinge(Tensor output, Tensor targets)
    {
        var right = output.gather(1, targets.unsqueeze(1));
        var margins = output.sub(right).add(1).relu().scatter(1, targets.unsqueeze(1), zeros_like(right));
        var losses = margins.sum(1);
        if (_weights is null)
        {
            return losses.mean();
        }

        var weights = _weights.index_select(0, targets);
        return losses.mul(weights).sum().div(weights.sum());
    }
}
