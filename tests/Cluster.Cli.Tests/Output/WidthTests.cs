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
            var rows = lines
                .SkipWhile(line => !line.StartsWith("running", StringComparison.Ordinal))
                .Skip(1)
                .TakeWhile(line => line.StartsWith('t'))
                .ToList();
            rows.Count.ShouldBe(Math.Min(12, detail.Running.Count), text);
        }
    }

    [Fact]
    public void Columns_go_from_right_to_left()
    {
        Header(120).ShouldBe("running worker epoch val/loss val/accuracy elapsed parameters");
        Header(50).ShouldStartWith("running worker epoch");
        Header(50).ShouldNotContain("parameters");

        static string Header(int columns) => string.Join(' ', Render(Crowded(), columns)
            .Split('\n')
            .First(line => line.StartsWith("running", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_metric_that_is_searched_comes_first()
    {
        var many = Sample.Trial(7, TrialState.Running) with
        {
            Latest = new(
                3,
                Sample.Metrics(("train/loss", 0.5), ("val/accuracy", 0.9), ("val/f1", 0.8), ("val/loss", 0.1234)),
                TimeSpan.FromMilliseconds(123)),
        };
        var detail = Sample.Detail() with { Running = [many] };

        Render(detail, 120).ShouldContain("val/loss  val/accuracy  elapsed");
        Render(detail with { Summary = detail.Summary with { Objective = new("train/loss", Direction.Minimize) } }, 120).ShouldContain(
            "train/loss  val/accuracy  elapsed");
    }

    [Fact]
    public void The_time_of_a_running_trial_is_that_of_its_last_report()
    {
        // Nothing may run any more: the clock alone does not make a trial longer.
        var old = Sample.Trial(7, TrialState.Running) with
        {
            StartedAt = ImpatientClock.Start.AddDays(-3),
            Latest = new(3, Sample.Metrics(("val/loss", 0.1)), TimeSpan.FromMilliseconds(123)),
        };
        var text = Render(Sample.Detail() with { Running = [old] }, 120);

        text.ShouldContain("123 ms");
        text.ShouldNotContain("72h");
    }

    private static SearchDetail Crowded()
    {
        var detail = Sample.Detail(name: new string('n', 63));
        var running = Enumerable.Range(100, 15)
            .Select(number => Sample.Trial(number, TrialState.Running, -1.2345e-100) with
            {
                WorkerId = new WorkerId("a-rather-long-name-of-a-machine-cuda.0"),
            });
        return detail with
        {
            Running = running.ToValueArray(),
            Summary = detail.Summary with { Counts = new TrialCounts(1000, 1000, 1000, 1000, 1000, 1000, 1000) },
        };
    }

    private static string Render(SearchDetail detail, int columns)
    {
        var writer = new StringWriter { NewLine = "\n" };
        ConsoleFactory.Create(writer, new(false, columns), color: false).Write(SearchDrawing.Render(detail, columns));
        return writer.ToString().Replace("\r", "", StringComparison.Ordinal);
    }
}
