namespace SearchCluster.Insight.Charts;

/// <summary>Where the points of a chart lie on its page, in pixels from the upper left corner.</summary>
internal sealed record SvgArea(double Left, double Top, double Width, double Height, Scale Horizontal, Scale Vertical)
{
    public double X(double value) => Left + (Width * Math.Clamp(Horizontal.Place(value), 0, 1));

    public double Y(double value) => Top + (Height * (1 - Math.Clamp(Vertical.Place(value), 0, 1)));

    /// <summary>False for a point that cannot be drawn: not finite, or not above 0 on a log scale.</summary>
    public bool Contains(ChartPoint point) => double.IsFinite(Horizontal.Place(point.X)) && double.IsFinite(Vertical.Place(point.Y));
}
