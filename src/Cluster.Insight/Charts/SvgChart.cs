using System.Text;
using System.Xml;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Charts;

/// <summary>Draws charts as SVG: one file without scripts, fonts or links, readable by every browser.</summary>
public static class SvgChart
{
    private const int Width = 760;
    private const int LegendColumn = 96;

    /// <summary>Makes the text of an SVG file.</summary>
    public static string Text(Chart chart)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var writer = XmlWriter.Create(text, settings))
        {
            switch (chart)
            {
                case PlaneChart plane:
                    WritePlane(new SvgPage(writer, Width, 456, plane.Title), plane);
                    break;
                case BarChart bars:
                    WriteBars(new SvgPage(writer, Width, 90 + (26 * bars.Bars.Count), bars.Title), bars);
                    break;
            }
        }

        return text.Append('\n').ToString();
    }

    private static void WritePlane(SvgPage page, PlaneChart chart)
    {
        var points = chart.Series.SelectMany(series => series.Points).ToArray();
        var x = Scale.Of(points.Select(point => point.X), chart.X.IsLog);
        var y = Scale.Of(
            points.SelectMany(point => new[] { point.Y - (point.Spread ?? 0), point.Y, point.Y + (point.Spread ?? 0) }), chart.Y.IsLog);
        var hasLegend = chart.Series.Count > 1;
        var area = new SvgArea(72, 60, Width - (hasLegend ? 72 + LegendColumn + 20 : 92), 340, x, y);
        page.Axes(area, chart.X.Label, chart.Y.Label);
        foreach (var (index, series) in chart.Series.Index())
        {
            DrawSeries(page, area, series, SvgPage.Color(index));
            if (hasLegend)
            {
                page.Legend(area.Left + area.Width + 16, area.Top + 12 + (18 * index), series.Name, SvgPage.Color(index));
            }
        }

        page.End();
    }

    private static void DrawSeries(SvgPage page, SvgArea area, ChartSeries series, string color)
    {
        var points = series.Points.Where(point => area.Contains(point)).ToArray();
        if (series.Style == SeriesStyle.Dots)
        {
            points.ToList().ForEach(point => page.Dot(area.X(point.X), area.Y(point.Y), color));
            return;
        }

        if (points.Any(point => point.Spread is not null))
        {
            var upper = points.Select(point => (area.X(point.X), area.Y(point.Y + (point.Spread ?? 0))));
            var lower = points.Reverse().Select(point => (area.X(point.X), area.Y(point.Y - (point.Spread ?? 0))));
            page.Band([.. upper, .. lower], color);
        }

        var corners = points.Select(point => (area.X(point.X), area.Y(point.Y))).ToList();
        page.Line(
            series.Style switch
            {
                SeriesStyle.Steps => Steps(corners, EndOf(series, area)),
                SeriesStyle.StepsBefore => StepsBefore(corners, area.Left),
                _ => corners,
            },
            color);
    }

    private static List<(double X, double Y)> StepsBefore(List<(double X, double Y)> corners, double start)
    {
        var line = new List<(double X, double Y)>();
        foreach (var corner in corners)
        {
            line.Add((line.Count > 0 ? line[^1].X : start, corner.Y));
            line.Add(corner);
        }

        return line;
    }

    // A point that cannot be drawn ends what goes on to the right edge without it.
    private static double EndOf(ChartSeries series, SvgArea area)
    {
        var points = series.Points.ToList();
        var last = points.FindLastIndex(area.Contains);
        return last + 1 < points.Count ? area.X(points[last + 1].X) : area.Left + area.Width;
    }

    private static List<(double X, double Y)> Steps(List<(double X, double Y)> corners, double end)
    {
        var line = new List<(double X, double Y)>();
        foreach (var corner in corners)
        {
            if (line.Count > 0)
            {
                line.Add((corner.X, line[^1].Y));
            }

            line.Add(corner);
        }

        if (line.Count > 0)
        {
            line.Add((end, line[^1].Y));
        }

        return line;
    }

    private static void WriteBars(SvgPage page, BarChart chart)
    {
        const int Left = 190, Top = 50, Step = 26;
        var longest = chart.Bars.Select(bar => chart.Extent(bar) + bar.Spread).DefaultIfEmpty(1).Max();
        var scale = longest > 0 ? (Width - Left - 90) / longest : 0;
        foreach (var (index, bar) in chart.Bars.Index())
        {
            var top = Top + (Step * index);
            var length = chart.Extent(bar) * scale;
            page.Text(Left - 8, top + 13, Format.Shorten(SafeText.Of(bar.Label), 26), "end");
            page.Bar(Left, top, length, Step - 8, SvgPage.Color(0));
            page.Line(
                [(Left + Math.Max(0, length - (bar.Spread * scale)), top + 9), (Left + length + (bar.Spread * scale), top + 9)],
                "#333333");
            page.Text(Left + length + (bar.Spread * scale) + 8, top + 13, Format.Number(bar.Length), "start");
        }

        page.Text(Left, Top + (Step * chart.Bars.Count) + 18, chart.Value, "start");
        page.End();
    }
}
