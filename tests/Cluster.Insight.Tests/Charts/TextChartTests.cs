using SearchCluster.Insight.Charts;

namespace SearchCluster.Insight.Tests.Charts;

public sealed class TextChartTests
{
    [Fact]
    public void Steps_go_down_with_corners_and_the_axes_name_their_ends()
    {
        ChartPoint[] points = [new(0, 13), new(5, 6), new(10, 0)];

        var lines = Draw(new PlaneChart("falling", new("trials"), new("loss"), [new("best", SeriesStyle.Steps, points)]), columns: 34);

        lines[0].ShouldBe("falling");
        lines[1].ShouldBe("loss");
        lines[2].ShouldBe("        13 ┤──────────╮");
        lines[9].ShouldBe("           │          ╰─────────╮");
        lines[15].ShouldBe("         0 ┤                    ╰");
        lines[17].ShouldBe("            0      trials      10");
    }

    [Fact]
    public void Steps_end_where_the_next_point_has_no_place_on_the_scale()
    {
        ChartPoint[] points = [new(0, 10), new(5, 0), new(10, 0)];
        var chart = new PlaneChart("reached", new("trials"), new("distance", IsLog: true), [new("regret", SeriesStyle.Steps, points)]);

        Draw(chart, columns: 34).Where(line => line.Contains('┤', StringComparison.Ordinal))
            .ShouldAllBe(line => !line.Contains("───────────────", StringComparison.Ordinal));
        EndOfLine(SvgChart.Text(chart)).ShouldBeLessThan(
            EndOfLine(SvgChart.Text(chart with { Series = [new("regret", SeriesStyle.Steps, [new(0, 10), new(5, 1), new(10, 1)])] })));
    }

    private static double EndOfLine(string picture)
    {
        var points = System.Text.RegularExpressions.Regex.Matches(picture, "points=\"([^\"]*)\"");
        return double.Parse(
            points[^1].Groups[1].Value.Trim().Split(' ')[^1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Several_lines_get_letters_and_a_legend()
    {
        ChartSeries Line(string name, double height) => new(name, SeriesStyle.Line, [new(0, height), new(1, height)]);

        var lines = Draw(new PlaneChart("two", new("x"), new("y"), [Line("low", 0), Line("high", 1)]), columns: 40);

        lines[2].ShouldContain("bbbbbbbbbb");
        lines[15].ShouldContain("aaaaaaaaaa");
        lines[^1].Trim().ShouldBe("a low  b high");
    }

    [Fact]
    public void Bars_are_as_long_as_their_share_of_the_longest()
    {
        var lines = Draw(new BarChart("bars", "share", [new("x", 1, 0.1), new("long name", 0.5, 0), new("none", 0, 0)]), columns: 200);

        lines[1].ShouldBe("x          1 ± 0.1  " + new string('█', 40));
        lines[2].ShouldBe("long name  0.5 ± 0  " + new string('█', 20));
        lines[3].ShouldBe("none         0 ± 0");
    }

    [Fact]
    public void Bars_start_at_the_smallest_value_where_one_is_negative()
    {
        var lines = Draw(new BarChart("bars", "loss", [new("low", -3, 0), new("high", 1, 0), new("mid", -1, 0)]), columns: 200);

        lines[1..].Select(line => line.Count(character => character == '█')).ShouldBe([0, 40, 20]);
    }

    [Fact]
    public void Foreign_text_cannot_drive_the_terminal_or_the_picture()
    {
        var chart = new BarChart("\u001b[2J<script>", "share", [new("\u001b]0;x\u0007<b>", 1, 0)]);

        string.Join('\n', Draw(chart, 80)).ShouldNotContain('\u001b');
        SvgChart.Text(chart).ShouldNotContain("<script>");
        SvgChart.Text(chart).ShouldContain("&lt;script&gt;");
    }

    private static string[] Draw(Chart chart, int columns)
    {
        using var output = new StringWriter { NewLine = "\n" };
        TextChart.Write(output, chart, columns);
        return output.ToString().TrimEnd().Split('\n');
    }
}
