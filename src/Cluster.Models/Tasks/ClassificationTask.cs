using System.Globalization;
using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Tasks;

/// <summary>One class for each row: cross-entropy (of all classes, or of each against the others) or hinge
/// loss, accuracy, macro precision, recall and F1.</summary>
/// <remarks>
/// Hinge: the multi-class loss of Crammer and Singer (JMLR 2001) in the summed form of Weston and Watkins
/// (ESANN 1999), Σ max(0, 1 + s_j - s_y) over the wrong classes j. Label smoothing: Szegedy et al., "Rethinking the Inception
/// Architecture", CVPR 2016, section 7, in training only.
/// </remarks>
internal sealed class ClassificationTask : ITask
{
    // The smallest normal number of double precision.
    private const double SmallestProbability = 2.2250738585072014e-308;

    // The most probable answers that top2 and top5 look at.
    private const int Few = 2, Many = 5;

    private readonly int _classes;
    private readonly ClassificationLoss _loss;
    private readonly double _smoothing;
    private readonly Tensor? _weights;

    /// <param name="hyperparameters">Reads <c>loss</c>, <c>labelSmoothing</c> and <c>classWeights</c>.</param>
    /// <param name="context">Brings the classes and how often each occurs in the training part.</param>
    public ClassificationTask(Hyperparameters hyperparameters, TaskContext context)
    {
        _classes = context.Shape.ClassLabels.Count;
        var options = hyperparameters.Read<ClassificationOptions>();
        (_loss, _smoothing) = (options.Loss, options.LabelSmoothing);
        _weights = options.ClassWeights == ClassWeighting.Balanced ? ClassWeights.Balanced(context) : null;
        Scores = [.. Definitions.Select(score => RankOf(score.Name) is { } rank && rank >= _classes
            ? score with { Constant = string.Create(CultureInfo.InvariantCulture, $"is always 1 with {_classes} classes") }
            : score)];
    }

    /// <summary>The scores of every classifier.</summary>
    public static ValueArray<ScoreDefinition> Definitions { get; } =
    [
        ScoreDefinition.Of("accuracy"),
        ScoreDefinition.Of("top2"),
        ScoreDefinition.Of("top5"),
        ScoreDefinition.Of("precision"),
        ScoreDefinition.Of("recall"),
        ScoreDefinition.Of("f1"),
    ];

    public ValueArray<ScoreDefinition> Scores { get; }

    public OutputShape Expects => new([_classes], $"a score of each of the {_classes} classes");

    public double? UninformedLoss => _loss == ClassificationLoss.CrossEntropy ? Math.Log(_classes) : null;

    public Tensor Loss(Tensor output, Batch batch) => _loss switch
    {
        ClassificationLoss.Hinge => Mean(Hinge(output, batch.Targets), batch.Targets),
        ClassificationLoss.Bce => Mean(OneAgainstRest(output, batch.Targets), batch.Targets),
        _ => cross_entropy(output, batch.Targets, WeightsFor(output), label_smoothing: Smoothing(output)),
    };

    public Tensor? WeightOf(Batch batch) => _weights?.index_select(0, batch.Targets).sum();

    public Tensor Statistics(Tensor output, Batch batch)
    {
        var within = Within(output, batch.Targets);
        return cat([
            ConfusionMatrix.Count(output.argmax(1), batch.Targets, _classes),
            .. within.Select(rows => rows.sum().to(float64).reshape(1)),
        ]);
    }

    public IReadOnlyList<RowScore> ScoreRows(Tensor output, Batch batch)
    {
        using var scope = NewDisposeScope();
        var losses = _loss switch
        {
            ClassificationLoss.Hinge => Hinge(output, batch.Targets),
            ClassificationLoss.Bce => OneAgainstRest(output, batch.Targets),
            _ => cross_entropy(output, batch.Targets, reduction: nn.Reduction.None),
        };
        var within = Within(output, batch.Targets);
        return
        [
            RowScore.Of("loss", OnHost(losses), _weights is null ? null : OnHost(_weights.index_select(0, batch.Targets))),
            RowScore.Of("accuracy", OnHost(output.argmax(1).eq(batch.Targets))),
            RowScore.Of("top2", OnHost(within[0])),
            RowScore.Of("top5", OnHost(within[1])),
        ];
    }

    public double[] Summarise(ReadOnlySpan<double> statistics)
    {
        var confusion = new ConfusionMatrix(statistics, _classes);
        double rows = 0;
        foreach (var count in statistics[..^2])
        {
            rows += count;
        }

        return [
            confusion.Accuracy,
            statistics[^2] / rows,
            statistics[^1] / rows,
            confusion.Macro(confusion.Precision),
            confusion.Macro(confusion.Recall),
            confusion.Macro(confusion.F1),
        ];
    }

    public Tensor Predict(Tensor output)
    {
        if (_loss != ClassificationLoss.Bce)
        {
            return output.softmax(1, float64);
        }

        // The classes exclude each other, so what each says alone is brought to a sum of 1.
        var each = output.sigmoid().clamp_min(Scalars.Of(1e-12));
        return each.div(each.sum([1], keepdim: true));
    }

    // An output whose prediction is the mean of the predictions.
    public Tensor Average(IReadOnlyList<Tensor> outputs)
    {
        if (outputs.Count == 1)
        {
            return outputs[0];
        }

        return OutputOf(stack([.. outputs.Select(Predict)]).mean([0]));
    }

    public Tensor OutputOf(Tensor predictions) => _loss == ClassificationLoss.Bce ? predictions.logit(1e-7) : LogOf(predictions);

    /// <summary>The logarithm of probabilities in double precision, whose smallest lets one row's loss be 708 before it is cut; in single
    /// precision it would be 103.</summary>
    internal static Tensor LogOf(Tensor probabilities) => probabilities.to(float64).clamp_min(Scalars.Of(SmallestProbability)).log();

    private static int? RankOf(string score) => score switch { "top2" => Few, "top5" => Many, _ => null };

    private static double[] OnHost(Tensor rows) => rows.to(float64).cpu().data<double>().ToArray();

    // Whether the true class of each row is among its two, and its five, most probable ones; with fewer classes than that, all of them.
    private Tensor[] Within(Tensor output, Tensor targets)
    {
        var (_, best) = output.topk(Math.Min(Many, _classes), 1);
        var isRight = best.eq(targets.unsqueeze(1));
        return [.. new[] { Few, Many }.Select(rank => isRight.narrow(1, 0, Math.Min(rank, _classes)).any(1))];
    }

    private double Smoothing(Tensor output) => output.requires_grad ? _smoothing : 0;

    private Tensor OneAgainstRest(Tensor output, Tensor targets)
    {
        var truth = one_hot(targets, _classes).to(output.dtype).mul(Scalars.Of(1 - Smoothing(output))).Plus(Smoothing(output) / _classes);
        var each = binary_cross_entropy_with_logits(output, truth, reduction: nn.Reduction.None);

        // Of two classes each is the other's rest: the two losses are of one decision, which counts once.
        return _classes == 2 ? each.mean([1]) : each.sum([1]);
    }

    private Tensor Mean(Tensor losses, Tensor targets)
    {
        if (_weights is null)
        {
            return losses.mean();
        }

        var weights = _weights.index_select(0, targets);
        return losses.mul(weights).sum().div(weights.sum());
    }

    private static Tensor Hinge(Tensor output, Tensor targets)
    {
        var right = output.gather(1, targets.unsqueeze(1));
        var margins = output.sub(right).Plus(1).relu().scatter(1, targets.unsqueeze(1), zeros_like(right));
        return margins.sum(1);
    }

    // Combined predictions are double.
    private Tensor? WeightsFor(Tensor output) => _weights is null || _weights.dtype == output.dtype ? _weights : _weights.to(output.dtype);
}
