namespace SearchCluster.Insight.Charts;

/// <summary>What a chart shows, apart from how it is drawn.</summary>
/// <param name="Title">One line above it.</param>
public abstract record Chart(string Title);

/// <summary>Lines and dots over two axes.</summary>
/// <param name="Title">One line above it.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, from the back to the front; each has at least one point.</param>
public sealed record PlaneChart(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series) : Chart(Title);

/// <summary>One bar for each of some names.</summary>
/// <param name="Title">One line above it.</param>
/// <param name="Value">What the length means.</param>
/// <param name="Bars">From the top to the bottom.</param>
public sealed record BarChart(string Title, string Value, IReadOnlyList<ChartBar> Bars) : Chart(Title)
{
    /// <summary>Where bars start: at 0, or at the smallest value where one is negative.</summary>
    public double Start => Math.Min(0, Bars.Select(bar => bar.Length).DefaultIfEmpty(0).Min());

    /// <summary>How long a bar is, from its start.</summary>
    public double Extent(ChartBar bar) => bar.Length - Start;
}

/// <summary>An axis.</summary>
/// <param name="Label">What it measures.</param>
/// <param name="IsLog">True for a log scale; places that are not above 0 are not drawn.</param>
public sealed record ChartAxis(string Label, bool IsLog = false);

/// <summary>Points that belong together.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Style">How they are drawn.</param>
/// <param name="Points">In order of their horizontal places.</param>
public sealed record ChartSeries(string Name, SeriesStyle Style, IReadOnlyList<ChartPoint> Points);

/// <summary>One point.</summary>
/// <param name="X">Horizontal place.</param>
/// <param name="Y">Vertical place.</param>
/// <param name="Spread">How far the vertical place is uncertain, drawn as a band around a line; null for none.</param>
public readonly record struct ChartPoint(double X, double Y, double? Spread = null);

/// <summary>One bar.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Length">In the unit of the chart's value; may be negative.</param>
/// <param name="Spread">How far that is uncertain.</param>
public readonly record struct ChartBar(string Label, double Length, double Spread);

/// <summary>How points are drawn.</summary>
public enum SeriesStyle
{
    /// <summary>Joined by straight lines.</summary>
    Line,

    /// <summary>Each one's height holds until the next.</summary>
    Steps,

    /// <summary>Each one's height holds from the one before on, and that of the first from the left edge.</summary>
    StepsBefore,

    /// <summary>Alone.</summary>
    Dots,
}
