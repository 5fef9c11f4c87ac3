using SearchCluster.Cli.Json.Models;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Tasks;

namespace SearchCluster.Cli.Predictions;

/// <summary>Scores of a model, as they are shown.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Metrics">The metrics that trials report.</param>
/// <param name="Confusion">Rows of each true class by predicted class; null for numbers.</param>
/// <param name="PerClass">Scores of each class; null for numbers.</param>
internal sealed record Evaluation(
    int Rows,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<IReadOnlyList<long>>? Confusion,
    IReadOnlyList<ClassScoreJson>? PerClass = null)
{
    public static Evaluation Of(ModelScores scores, IPredictor model)
    {
        var metrics = new Dictionary<string, double>(scores.Metrics, StringComparer.Ordinal);
        return scores.Confusion is not { } matrix ? new(scores.Rows, metrics, null) : new(
            scores.Rows,
            metrics,
            [.. Enumerable.Range(0, matrix.Classes)
                .Select(truth => Enumerable.Range(0, matrix.Classes).Select(answer => (long)matrix[truth, answer]).ToArray())],
            PerClassOf(matrix, model.ClassLabels, model.Shape.Target == TargetKind.Mask));
    }

    private static ClassScoreJson[] PerClassOf(ConfusionMatrix matrix, ValueArray<string> classes, bool isMask) =>
    [
        .. classes.Select((label, k) => new ClassScoreJson(
            label,
            (long)Enumerable.Range(0, classes.Count).Sum(answer => matrix[k, answer]),
            matrix.Precision(k),
            matrix.Recall(k),
            matrix.F1(k),
            isMask && matrix.IntersectionOverUnion(k) is var union && !double.IsNaN(union) ? union : null)),
    ];
}
