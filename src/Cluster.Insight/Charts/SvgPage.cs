using System.Globalization;
using System.Xml;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Charts;

/// <summary>The shapes of one SVG page.</summary>
internal sealed class SvgPage
{
    private const string Grid = "#dddddd";

    // Colours that people with any colour vision can tell apart. Source: Okabe and Ito, "Color Universal Design", 2008.
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999933"];

    private readonly XmlWriter _writer;

    public SvgPage(XmlWriter writer, int width, int height, string title)
    {
        _writer = writer;
        _writer.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attributes(
            ("width", $"{width}"),
            ("height", $"{height}"),
            ("viewBox", $"0 0 {width} {height}"),
            ("font-family", "sans-serif"),
            ("font-size", "12"));
        Element("rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
        Text(16, 24, title, "start", size: 15);
    }

    public static string Color(int series) => Colors[series % Colors.Length];

    public void End() => _writer.WriteEndElement();

    public void Axes(SvgArea area, string xLabel, string yLabel)
    {
        foreach (var tick in area.Horizontal.Ticks())
        {
            Line([(area.X(tick), area.Top), (area.X(tick), area.Top + area.Height)], Grid, 1);
            Text(area.X(tick), area.Top + area.Height + 18, Format.Number(tick), "middle");
        }

        foreach (var tick in area.Vertical.Ticks())
        {
            Line([(area.Left, area.Y(tick)), (area.Left + area.Width, area.Y(tick))], Grid, 1);
            Text(area.Left - 6, area.Y(tick) + 4, Format.Number(tick), "end");
        }

        Text(area.Left + (area.Width / 2), area.Top + area.Height + 42, xLabel, "middle");
        Text(area.Left - 56, area.Top - 12, yLabel, "start");
    }

    public void Line(IReadOnlyCollection<(double X, double Y)> points, string color, double width = 1.8) =>
        Element("polyline", ("points", Points(points)), ("fill", "none"), ("stroke", color), ("stroke-width", Number(width)));

    public void Band(IReadOnlyCollection<(double X, double Y)> points, string color) =>
        Element("polygon", ("points", Points(points)), ("fill", color), ("fill-opacity", "0.18"));

    public void Dot(double x, double y, string color) =>
        Element("circle", ("cx", Number(x)), ("cy", Number(y)), ("r", "2.5"), ("fill", color), ("fill-opacity", "0.6"));

    public void Bar(double x, double y, double width, double height, string color) =>
        Element("rect", ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("fill", color));

    public void Legend(double x, double y, string name, string color)
    {
        Bar(x, y - 9, 10, 10, color);
        Text(x + 16, y, Format.Shorten(name, 14), "start");
    }

    /// <summary>Writes text; the writer escapes markup, and characters that XML does not know are shown as numbers.</summary>
    public void Text(double x, double y, string text, string anchor, int size = 12)
    {
        _writer.WriteStartElement("text");
        Attributes(("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("font-size", $"{size}"), ("fill", "#222222"));
        _writer.WriteString(new string([.. SafeText.Of(text).Select(c => XmlConvert.IsXmlChar(c) ? c : '?')]));
        _writer.WriteEndElement();
    }

    private void Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _writer.WriteStartElement(name);
        Attributes(attributes);
        _writer.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            _writer.WriteAttributeString(name, value);
        }
    }

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
