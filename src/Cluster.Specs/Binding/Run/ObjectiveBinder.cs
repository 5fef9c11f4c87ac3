using SearchCluster.Contracts.Metrics;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads one objective, and section <c>earlyStopping</c>.</summary>
internal static class ObjectiveBinder
{
    private const int LongestPatience = 100_000;

    /// <summary>Words of <c>objective.direction</c>.</summary>
    public static (string Word, Direction? Value)[] Directions { get; } = [
        ("minimize", Direction.Minimize),
        ("maximize", Direction.Maximize),
    ];

    /// <summary>Words of <c>objective.aggregate</c>.</summary>
    public static (string Word, ObjectiveAggregate Value)[] Aggregates { get; } =
        [
            ("best", ObjectiveAggregate.Best),
            ("last", ObjectiveAggregate.Last),
            ("mean-last-3", ObjectiveAggregate.MeanLast3),
            ("mean", ObjectiveAggregate.Mean),
        ];

    /// <summary>Words of <c>objective.onNonFinite</c>.</summary>
    public static (string Word, NonFinitePolicy Value)[] NonFinitePolicies { get; } =
        [("fail-trial", NonFinitePolicy.FailTrial), ("worst", NonFinitePolicy.Worst)];

    /// <summary>Reads one objective.</summary>
    /// <param name="section">Section <c>objective</c>, or an entry of <c>objectives</c>.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <param name="hasFolds">True when each measurement is a fold, whose mean is the value of a trial.</param>
    /// <param name="keepsLast">True when <c>earlyStopping.restoreBest</c> is false, so that the model of a trial is that of its last
    /// epoch, whose measurement is then its value.</param>
    /// <returns>Null after a problem.</returns>
    public static ObjectiveSpec? Bind(Section section, WorkloadDescriptor? workload, bool hasFolds, bool keepsLast)
    {
        if (section.Find("metric") is null)
        {
            section.Missing(SpecCodes.Missing, "metric", "metric is required", workload is null
                ? "for example val/loss"
                : $"{workload.Name} reports {string.Join(", ", workload.Metrics)}");
        }

        if (section.Find("direction") is null)
        {
            section.Missing(
                SpecCodes.Missing,
                "direction",
                "direction is missing; minimize or maximize is required",
                "a loss is minimized, an accuracy maximized");
        }

        var metric = Metric(section, workload);
        var direction = section.Word("direction", Directions, [], null);
        var target = section.Real("target");
        var usual = hasFolds ? ObjectiveAggregate.Mean : keepsLast ? ObjectiveAggregate.Last : ObjectiveAggregate.Best;
        var aggregate = section.Word("aggregate", Aggregates, [], usual);
        if (keepsLast && !hasFolds && aggregate == ObjectiveAggregate.Best)
        {
            section.Error(
                SpecCodes.Patience,
                section.Find("aggregate")!.Value.At,
                "aggregate",
                "aggregate is best, but earlyStopping.restoreBest is false: the value of a trial would be that of an epoch whose weights "
                    + "nobody keeps",
                "remove aggregate, so that the last measurement is the value, or remove earlyStopping.restoreBest");
        }

        if (hasFolds && aggregate != ObjectiveAggregate.Mean)
        {
            section.Error(
                SpecCodes.Split,
                section.Find("aggregate")!.Value.At,
                "aggregate",
                "aggregate must be mean where data.split has folds: each measurement is one fold",
                "remove aggregate");
        }

        var onNonFinite = section.Word("onNonFinite", NonFinitePolicies, [], NonFinitePolicy.FailTrial);
        if (metric is null || direction is not { } which)
        {
            return null;
        }

        WarnOfUse(section, metric, which);
        return new ObjectiveSpec(metric, which, target, aggregate, onNonFinite);
    }

    /// <summary>Reads patience.</summary>
    /// <param name="root">The file.</param>
    /// <param name="workload">The workload, or null when unknown.</param>
    /// <returns>Null when absent.</returns>
    public static EarlyStoppingSpec? BindEarlyStopping(Section root, WorkloadDescriptor? workload)
    {
        if (root.Child("earlyStopping", SectionFields.EarlyStopping) is not { } section)
        {
            return null;
        }

        if (section.Find("patience") is null)
        {
            section.Missing(
                SpecCodes.Patience,
                "patience",
                "patience is required",
                "write how many epochs without improvement end a trial, for example patience: 5");
        }

        return new EarlyStoppingSpec(
            Metric(section, workload),
            (int)(section.Whole("patience", 1, LongestPatience, SpecCodes.Patience) ?? 1),
            section.Real("minDelta", 0, double.MaxValue) ?? 0,
            (int)(section.Whole("warmup", 0, LongestPatience) ?? 0),
            section.Flag("restoreBest", true));
    }

    private static string? Metric(Section section, WorkloadDescriptor? workload)
    {
        if (section.Text("metric", SpecLimits.NameLength) is not { } metric)
        {
            return null;
        }

        if (workload is not null && !workload.Metrics.Contains(metric))
        {
            section.Error(
                SpecCodes.Metric,
                section.Find("metric")!.Value.At,
                "metric",
                $"workload {workload.Name} does not report {Display.Quoted(metric)}{Suggestions.Phrase(metric, workload.Metrics)}",
                $"it reports {string.Join(", ", workload.Metrics)}");
            return null;
        }

        return metric;
    }

    private static void WarnOfUse(Section section, string metric, Direction direction)
    {
        var at = section.Find("metric")!.Value.At;
        var path = section.PathOf("metric");
        if (metric.StartsWith("test/", StringComparison.Ordinal))
        {
            section.Problems.Warning(
                SpecCodes.MetricUse,
                at,
                path,
                $"{section.Prefix}{metric} chooses by the test part, so its final value is too good",
                "choose by val/… and look at test/… at the end");
        }

        if (MetricCatalog.DirectionOf(metric, direction) != direction)
        {
            var word = direction == Direction.Maximize ? "maximize" : "minimize";
            section.Problems.Warning(
                SpecCodes.MetricUse, at, section.PathOf("direction"), $"{section.Prefix}{word} is unusual for {metric}", "check direction");
        }
    }
}
