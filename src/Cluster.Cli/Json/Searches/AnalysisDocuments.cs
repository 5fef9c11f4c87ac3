using System.Text.Json.Serialization;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Charts;
using SearchCluster.Insight.Wording;
using SearchCluster.Search.Analysis;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>How much the parameters of a search matter.</summary>
internal sealed record ImportanceDocument(
    string Search,
    string Method,
    string Metric,
    int Trials,
    int LeftOut,
    double? ExplainedShare,
    int BestTrials,
    IReadOnlyList<ImportanceJson> Parameters,
    IReadOnlyList<PairImportanceJson> Pairs)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/importance@1";

    public static ImportanceDocument Of(SearchData data, ImportanceAnalysis analysis, int top) => new(
        data.Search.Value,
        analysis.Method,
        data.Metric,
        analysis.Trials,
        analysis.LeftOut,
        analysis.ExplainedShare,
        analysis.BestTrials,
        [.. analysis.Report.Parameters
            .Take(top)
            .Select(p => new ImportanceJson(p.Parameter, p.Share, p.Spread, BestJson.Of(analysis.BestOf(p.Parameter))))],
        [.. analysis.Report.Pairs.Take(top).Select(p => new PairImportanceJson(p.First, p.Second, p.Share, p.Spread))]);
}

/// <summary>Importance of one parameter; the share is that of the variance (fanova), or of the difference
/// between the best trials and all (ped-anova).</summary>
internal sealed record ImportanceJson(string Parameter, double Share, double Spread, BestJson Best)
{
    /// <summary>The share in percent.</summary>
    public double Percent => 100 * Share;
}

internal sealed record PairImportanceJson(string First, string Second, double Share, double Spread)
{
    /// <summary>The share in percent.</summary>
    public double Percent => 100 * Share;
}

/// <summary>The best trials' values of one parameter: a range, or how often each value occurs.</summary>
internal sealed record BestJson(int Trials, ParameterValue? Low, ParameterValue? High, IReadOnlyList<LevelJson>? Values)
{
    public static BestJson Of(BestRegion region) => new(
        region.Trials,
        region.Low,
        region.High,
        region.Levels is { } levels ? [.. levels.Select(level => new LevelJson(level.Value, level.Count))] : null);
}

internal sealed record LevelJson(ParameterValue Value, int Trials);

/// <summary>What to expect of each value of one parameter.</summary>
internal sealed record DependenceDocument(
    string Search, string Parameter, string Metric, int Trials, double? ExplainedShare, IReadOnlyList<DependenceJson> Points)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/dependence@1";

    public static DependenceDocument Of(SearchData data, DependenceAnalysis analysis) => new(
        data.Search.Value,
        analysis.Parameter.Name,
        data.Metric,
        analysis.Trials,
        analysis.ExplainedShare,
        [.. analysis.Points.Select(point => new DependenceJson(point.Value, point.Mean, point.Spread))]);
}

internal sealed record DependenceJson(ParameterValue Value, double Mean, double Spread);

/// <summary>What a chart shows.</summary>
internal sealed record PlotDocument(
    string Search, string Kind, string Title, string? X, string? Y, IReadOnlyList<SeriesJson> Series, IReadOnlyList<BarJson> Bars)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/plot@1";

    public static PlotDocument Of(SearchId search, string kind, Chart chart) => chart switch
    {
        PlaneChart plane => new(search.Value, kind, plane.Title, plane.X.Label, plane.Y.Label, [.. plane.Series.Select(SeriesJson.Of)], []),
        BarChart bars => new(
            search.Value,
            kind,
            bars.Title,
            null,
            bars.Value,
            [],
            [.. bars.Bars.Select(bar => new BarJson(bar.Label, bar.Length, bar.Spread))]),
        _ => throw new InvalidOperationException($"{chart.GetType().Name} has no document; add it to PlotDocument."),
    };
}

internal sealed record SeriesJson(string Name, string Style, IReadOnlyList<PointJson> Points)
{
    public static SeriesJson Of(ChartSeries series) =>
        new(series.Name, Words.Of(series.Style), [.. series.Points.Select(point => new PointJson(point.X, point.Y, point.Spread))]);
}

internal sealed record PointJson(
    double X, double Y, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Spread);

internal sealed record BarJson(string Label, double Value, double Spread);
