using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Charts;

/// <summary>Draws charts with characters, for terminals and log files.</summary>
public static class TextChart
{
    private const int Rows = 14;
    private const int LabelWidth = 10;
    private const int WidestPlot = 72;
    private const int NarrowestPlot = 20;
    private const int WidestBar = 40;

    /// <summary>Writes a chart.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="chart">What it shows.</param>
    /// <param name="columns">Width of a line.</param>
    public static void Write(TextWriter output, Chart chart, int columns)
    {
        output.WriteLine(SafeText.Of(chart.Title));
        switch (chart)
        {
            case PlaneChart plane:
                WritePlane(output, plane, Math.Clamp(columns - LabelWidth - 3, NarrowestPlot, WidestPlot));
                break;
            case BarChart bars:
                WriteBars(output, bars, columns);
                break;
        }
    }

    private static void WritePlane(TextWriter output, PlaneChart chart, int width)
    {
        var x = Scale.Of(chart.Series.SelectMany(series => series.Points).Select(point => point.X), chart.X.IsLog);
        var y = Scale.Of(chart.Series.SelectMany(series => series.Points).Select(point => point.Y), chart.Y.IsLog);
        var canvas = new TextCanvas(width, Rows, x, y);
        var isSingle = chart.Series.Count(series => series.Style != SeriesStyle.Dots) == 1;
        foreach (var (index, series) in chart.Series.Index())
        {
            canvas.Draw(series, isSingle ? null : Letter(index));
        }

        output.WriteLine($"{SafeText.Of(chart.Y.Label)}{(chart.Y.IsLog ? " (log scale)" : string.Empty)}");
        for (var row = 0; row < Rows; row++)
        {
            var label = row % 4 == 0 || row == Rows - 1 ? Format.Number(y.At(1 - (row / (Rows - 1.0)))) : string.Empty;
            output.WriteLine($"{label,LabelWidth} {(label.Length > 0 ? '┤' : '│')}{canvas.Row(row)}".TrimEnd());
        }

        var (left, right) = (Format.Number(x.Min), Format.Number(x.Max));
        var middle = $"{SafeText.Of(chart.X.Label)}{(chart.X.IsLog ? " (log scale)" : string.Empty)}";
        output.WriteLine($"{"",LabelWidth} └{new string('─', width)}");
        output.WriteLine($"{"",LabelWidth}  {left}{Centred(middle, width - left.Length - right.Length)}{right}");
        if (!isSingle)
        {
            var names = chart.Series.Index().Select(entry => $"{Letter(entry.Index)} {SafeText.Of(entry.Item.Name)}");
            output.WriteLine($"{"",LabelWidth}  {string.Join("  ", names)}");
        }
    }

    private static void WriteBars(TextWriter output, BarChart chart, int columns)
    {
        if (chart.Bars.Count == 0)
        {
            return;
        }

        var labels = chart.Bars.Select(bar => Format.Shorten(SafeText.Of(bar.Label), 30)).ToArray();
        var labelWidth = labels.Max(label => label.Length);
        var numbers = chart.Bars.Select(bar => $"{Format.Number(bar.Length)} ± {Format.Number(bar.Spread)}").ToArray();
        var numberWidth = numbers.Max(number => number.Length);
        var width = Math.Clamp(columns - labelWidth - numberWidth - 4, 1, WidestBar);
        var longest = chart.Bars.Max(chart.Extent);
        foreach (var (index, bar) in chart.Bars.Index())
        {
            output.WriteLine(
                $"{labels[index].PadRight(labelWidth)}  {numbers[index].PadLeft(numberWidth)}  "
                    + $"{Bar(longest > 0 ? chart.Extent(bar) / longest : 0, width)}"
                    .TrimEnd());
        }
    }

    /// <summary>A bar of so much of a width; anything above 0 shows.</summary>
    public static string Bar(double share, int width) => new('█', share > 0 ? Math.Max(1, (int)Math.Round(share * width)) : 0);

    private static char Letter(int series) => (char)('a' + (series % 26));

    private static string Centred(string text, int width) =>
        text.Length >= width ? " " : text.PadLeft((width + text.Length) / 2).PadRight(width);
}
