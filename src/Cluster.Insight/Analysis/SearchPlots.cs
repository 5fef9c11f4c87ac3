using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Charts;
using SearchCluster.Insight.Wording;
using SearchCluster.Search.Analysis;
using SearchCluster.Search.Analysis.Curves;

namespace SearchCluster.Insight.Analysis;

/// <summary>The charts of a search.</summary>
public static class SearchPlots
{
    /// <summary>The best objective so far over the finished trials, or with an optimum the regret.</summary>
    public static PlaneChart History(SearchData data, double? optimum)
    {
        var finished = data.Compared;
        var steps = BestSoFar.Of(data.Ranked);
        if (optimum is { } best)
        {
            return Regret(data, BestSoFar.Regret(steps, data.InDirection(best)));
        }

        var line = steps.Select(step => new ChartPoint(step.Finished, data.InDirection(step.Loss)));
        var name = data.RanksConfigurations ? "best mean over seeds so far" : "best so far";
        return new(
            $"{data.Search}: {name} (dots: the better half of the trials)",
            Trials,
            new(data.Metric),
            [new("trials", SeriesStyle.Dots, [.. BetterHalf(data, finished)]), new(name, SeriesStyle.Steps, [.. line])]);
    }

    /// <summary>Which share of the finished trials is at least so good.</summary>
    public static PlaneChart Distribution(SearchData data)
    {
        var steps = EmpiricalDistribution.Of(data.Compared.Select(trial => trial.Loss))
            .Select(step => (Objective: data.InDirection(step.Loss), step.Share))
            .ToArray();

        // When larger is better, the share falls from left to right: what holds for an objective holds down to the next worse one.
        var rises = data.Spec.Objective.Direction == Direction.Minimize;
        var points = (rises ? steps : steps.Reverse()).Select(step => new ChartPoint(step.Objective, step.Share));
        return new(
            $"{data.Search}: distribution of the results",
            new(data.Metric),
            new("share of trials at least as good"),
            [new("share", rises ? SeriesStyle.Steps : SeriesStyle.StepsBefore, [.. points])]);
    }

    /// <summary>The shares of the parameters as bars.</summary>
    public static BarChart Importance(SearchData data, ImportanceAnalysis analysis) => new(
        $"{data.Search}: importance of the parameters ({analysis.Method})",
        analysis.Method == ImportanceAnalysis.Fanova
            ? $"share of the variance of {data.Metric}"
            : "share of the difference between the best trials and all",
        [.. analysis.Report.Parameters.Select(parameter => new ChartBar(parameter.Parameter, parameter.Share, parameter.Spread))]);

    /// <summary>What to expect of each value of a parameter; for numbers with the trials as dots.</summary>
    public static Chart Slice(SearchData data, DependenceAnalysis analysis)
    {
        var (name, title) = (
            analysis.Parameter.Name, $"{data.Search}: {data.Metric} by {analysis.Parameter.Name}, averaged over the other parameters");
        if (!analysis.IsNumeric)
        {
            return new BarChart(
                title,
                $"expected {data.Metric}",
                [.. analysis.Points.Select(point => new ChartBar(point.Value.ToString(), point.Mean, point.Spread))]);
        }

        var dots = data.Trials.Where(SearchData.HasResult)
            .Select(trial => trial.Values.TryGet(name, out var value) && value.TryGetNumber(out var number)
                ? new ChartPoint(number, trial.Objective!.Value)
                : (ChartPoint?)null)
            .OfType<ChartPoint>();
        var line = analysis.Points.Select(
            point => new ChartPoint(point.Value.TryGetNumber(out var number) ? number : double.NaN, point.Mean, point.Spread));
        return new PlaneChart(
            title,
            new(name, analysis.IsLog),
            new(data.Metric),
            [new("trials", SeriesStyle.Dots, [.. dots]), new("expected", SeriesStyle.Line, [.. line])]);
    }

    /// <summary>The measurements of the best trials by epoch or fold; <paramref name="trials"/> carry their curves.</summary>
    public static PlaneChart Curves(SearchData data, IEnumerable<TrialView> trials)
    {
        var series = trials
            .Select(trial => new ChartSeries(trial.TrialId.ToString(), SeriesStyle.Line, [.. Points(data, trial)]))
            .Where(series => series.Points.Count > 0);
        return new($"{data.Search}: learning curves", new(ResultLevel.UnitOf(data.Spec)), new(data.Metric), [.. series]);
    }

    private static PlaneChart Regret(SearchData data, ValueArray<BestSoFarStep> steps)
    {
        // A log scale has no place for 0 and below, so the title says where the line would leave it.
        var reached = steps.FirstOrDefault(step => step.Loss <= 0) is { } step
            ? $", none from finished trial {step.Finished} on"
            : string.Empty;
        var points = steps.Select(step => new ChartPoint(step.Finished, step.Loss));
        return new(
            $"{data.Search}: simple regret{reached}",
            Trials,
            new("distance from the optimum", IsLog: true),
            [new("regret", SeriesStyle.Steps, [.. points])]);
    }

    // A few results far off would squeeze all others into one line of the picture.
    private static IEnumerable<ChartPoint> BetterHalf(SearchData data, IReadOnlyList<EvaluatedTrial> finished)
    {
        var losses = finished.Select(trial => trial.Loss).Where(double.IsFinite).Order().ToArray();
        var limit = losses.Length == 0 ? 0 : losses[losses.Length / 2];
        return finished
            .Index()
            .Where(entry => entry.Item.Loss <= limit)
            .Select(entry => new ChartPoint(entry.Index + 1, data.InDirection(entry.Item.Loss)));
    }

    private static ChartAxis Trials { get; } = new("finished trials");

    private static IEnumerable<ChartPoint> Points(SearchData data, TrialView trial) =>
        from measurement in trial.Curve ?? []
        where measurement.Metrics.TryGetValue(data.Metric, out var value) && double.IsFinite(value)
        select new ChartPoint(measurement.Resource, measurement.Metrics[data.Metric]);
}
