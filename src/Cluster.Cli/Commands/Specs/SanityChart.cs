using SearchCluster.Insight.Charts;
using SearchCluster.Models.Sanity;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary>How the losses of the rungs fell.</summary>
internal static class SanityChart
{
    public static PlaneChart Of(SearchSpec spec, SanityReport report) => new(
        $"{spec.Name}: loss of a few rows alone",
        new("epoch"),
        new("loss", IsLog: report.Rungs.SelectMany(rung => rung.Losses).Where(double.IsFinite).All(loss => loss > 0)),
        [.. report.Rungs.Select(rung => new ChartSeries(
            rung.Name,
            SeriesStyle.Line,
            [.. rung.Losses.Select((loss, epoch) => new ChartPoint(epoch, loss)).Where(point => double.IsFinite(point.Y))]))]);
}
