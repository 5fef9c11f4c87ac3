using System.Xml.Linq;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class PlotCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public PlotCommandTests() => AnalysisSample.FillIn(_cli.Service);

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("history", "digits: best so far (dots: the better half of the trials)")]
    [InlineData("history --optimum -0.1", "digits: simple regret")]
    [InlineData("edf", "digits: distribution of the results")]
    [InlineData("importance", "digits: importance of the parameters (fanova)")]
    [InlineData("importance --method ped-anova", "digits: importance of the parameters (ped-anova)")]
    [InlineData("slice", "digits: val/loss by dropout, averaged over the other parameters")]
    [InlineData("slice --parameter activation", "digits: val/loss by activation, averaged over the other parameters")]
    [InlineData("curves --top 3", "digits: learning curves")]
    public async Task Every_kind_is_drawn_in_eighty_columns_and_as_a_picture(string line, string title)
    {
        _cli.Terminal = new(true, 80);

        (await _cli.RunAsync(["plot", "digits", .. line.Split(' ')])).ShouldBe(0);
        (await _cli.RunAsync(["plot", "digits", .. line.Split(' '), "-o", "chart.svg"])).ShouldBe(0);

        _cli.Out.ShouldStartWith(title + "\n");
        _cli.Out.TrimEnd().Split('\n').ShouldAllBe(row => row.Length <= 85);
        var picture = XDocument.Parse(File.ReadAllText(Path.Combine(_cli.Folder, "chart.svg")));
        picture.Root!.Name.ShouldBe(XName.Get("svg", "http://www.w3.org/2000/svg"));
        picture.Descendants().Select(element => element.Name.NamespaceName).Distinct().ShouldBe(["http://www.w3.org/2000/svg"]);
        picture.Descendants().First(element => element.Name.LocalName == "text").Value.ShouldBe(title);
        picture.ToString().ShouldNotContain("NaN");
        _cli.Error.ShouldBe("Chart written to chart.svg.\n");
    }

    [Fact]
    public async Task The_regret_tells_from_where_on_there_is_none()
    {
        (await _cli.RunAsync("plot", "digits", "history", "--optimum", "0")).ShouldBe(0);

        _cli.Out.ShouldStartWith("digits: simple regret, none from finished trial 1 on\n");
    }

    [Fact]
    public async Task Curves_are_those_of_the_best_trials()
    {
        (await _cli.RunAsync("plot", "digits", "curves", "--top", "2", "--json")).ShouldBe(0);

        using var document = System.Text.Json.JsonDocument.Parse(_cli.Out);
        var series = document.RootElement.GetProperty("series");
        series.GetArrayLength().ShouldBe(2);
        series[0].GetProperty("name").GetString().ShouldBe("t0000");
        series[0].GetProperty("points")[3].GetProperty("y").GetDouble().ShouldBe(0.25);
    }

    [Fact]
    public async Task When_larger_is_better_the_distribution_falls()
    {
        _cli.Service.Spec = AnalysisSample.Spec with { Objective = Sample.Objective with { Direction = Direction.Maximize } };

        (await _cli.RunAsync("plot", "digits", "edf", "--json")).ShouldBe(0);

        using var document = System.Text.Json.JsonDocument.Parse(_cli.Out);
        var points = document.RootElement.GetProperty("series")[0].GetProperty("points");
        points[0].GetProperty("x").GetDouble().ShouldBe(0);
        points[0].GetProperty("y").GetDouble().ShouldBe(1, "all are at least as good as the worst");
        points[points.GetArrayLength() - 1].GetProperty("y").GetDouble().ShouldBe(1 / 40.0, "the best is as good as itself");
        document.RootElement.GetProperty("series")[0].GetProperty("style").GetString().ShouldBe("steps-before");
        (await _cli.RunAsync("plot", "digits", "edf", "-o", "chart.svg")).ShouldBe(0);
    }

    [Fact]
    public async Task A_picture_of_another_format_is_refused()
    {
        (await _cli.RunAsync("plot", "digits", "history", "-o", "chart.png")).ShouldBe(2);

        _cli.Error.ShouldContain("--output is \"chart.png\", but must end with .svg.");
        _cli.Error.ShouldContain("-o digits-history.svg");
    }

    [Fact]
    public async Task An_unknown_kind_is_wrong_usage_that_lists_the_known_ones()
    {
        (await _cli.RunAsync("plot", "digits", "pie")).ShouldBe(2);

        _cli.Error.ShouldContain("KIND is \"pie\", but must be one of history, edf, importance, slice, curves.");
    }

    [Theory]
    [InlineData("history")]
    [InlineData("edf")]
    [InlineData("curves")]
    public async Task A_search_without_results_has_nothing_to_draw(string kind)
    {
        _cli.Service.Trials.Clear();

        (await _cli.RunAsync("plot", "digits", kind)).ShouldBe(8);

        _cli.Error.ShouldContain("SC2003");
    }

    [Fact]
    public async Task The_document_has_its_golden_shape()
    {
        _cli.Service.Trials.RemoveRange(4, 36);

        (await _cli.RunAsync("plot", "digits", "history", "--json")).ShouldBe(0);

        Golden.ShouldMatch(_cli.Out, "plot.json");
    }
}
