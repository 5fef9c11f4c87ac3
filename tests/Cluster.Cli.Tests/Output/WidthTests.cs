using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Output;

/// <summary>A live screen never wraps: what does not fit goes from right to left.</summary>
public sealed class WidthTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void No_line_of_the_screen_is_longer_than_the_terminal(int columns)
    {
        foreach (var detail in new[] { Sample.Detail(), Crowded(), Crowded() with { EnsembleState = EnsembleProgress.Building } })
        {
            var text = Render(detail, columns);

            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.ShouldAllBe(line => line.TrimEnd().Length <= columns);
            var rows = lines.SkipWhile(line => !line.StartsWith("running", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('t')).ToList();
            rows.Count.ShouldBe(Math.Min(12, detail.Running.Count), text);
        }
    }

    [Fact]
    public void Columns_go_from_right_to_left()
    {
        Header(120).ShouldBe("running worker epoch val/accuracy val/loss elapsed parameters");
        Header(50).ShouldStartWith("running worker epoch");
        Header(50).ShouldNotContain("parameters");

        static string Header(int columns) => string.Join(' ', Render(Crowded(), columns).Split('\n').First(line => line.StartsWith("running", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static SearchDetail Crowded()
    {
        var detail = Sample.Detail(name: new string('n', 63));
        var running = Enumerable.Range(100, 15).Select(number => Sample.Trial(number, TrialState.Running, -1.2345e-100) with { WorkerId = new WorkerId("a-rather-long-name-of-a-machine-cuda.0") });
        return detail with { Running = running.ToValueArray(), Summary = detail.Summary with { Counts = new TrialCounts(1000, 1000, 1000, 1000, 1000, 1000, 1000) } };
    }

    private static string Render(SearchDetail detail, int columns)
    {
        var writer = new StringWriter { NewLine = "\n" };
        ConsoleFactory.Create(writer, new(false, columns), color: false).Write(SearchScreen.Render(detail, ImpatientClock.Start, columns));
        return writer.ToString().Replace("\r", "", StringComparison.Ordinal);
    }
}
