using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Status;
using SearchCluster.Insight.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SearchCluster.Cli.Rendering;

/// <summary>Draws the screen of a search, with colours and a bar.</summary>
internal static class SearchDrawing
{
    private const int BarWidth = 40;

    public static IRenderable Render(SearchDetail detail, int columns, bool promises = true)
    {
        var parts = new List<IRenderable> { Headline(detail, columns) };
        parts.AddRange(SearchScreen.Interruption(detail) is { } interruption ? [new Text(interruption)] : []);
        parts.AddRange([Progress(detail, columns, promises), new Text(SearchScreen.Best(detail, columns))]);
        parts.AddRange(TroubleText.Of(detail) is { } trouble ? [new Text(trouble, new Style(Color.Yellow))] : []);
        parts.AddRange(NarrowingText.Lines(detail).Select(line => new Text(Format.Shorten(line, columns - 1))));
        if (detail.Running.Count > 0)
        {
            parts.Add(new Text(string.Empty));
            parts.Add(Running(detail, columns));
        }

        if (detail.EnsembleState is EnsembleProgress.Waiting or EnsembleProgress.Building)
        {
            parts.Add(new Text(Format.Shorten(SearchScreen.Ensemble(detail), columns - 1)));
        }

        return new Rows(parts);
    }

    private static Paragraph Headline(SearchDetail detail, int columns)
    {
        var color = detail.Summary.State switch
        {
            SearchLifecycle.Completed => Color.Green,
            SearchLifecycle.Failed => Color.Red,
            SearchLifecycle.Paused or SearchLifecycle.Stopped or SearchLifecycle.Interrupted => Color.Yellow,
            _ => Color.Blue,
        };
        var start = new Paragraph()
            .Append(Format.Shorten(detail.SearchId.Value, columns / 2), new Style(decoration: Decoration.Bold))
            .Append("  ")
            .Append(Words.Spaced(detail.Summary.State), new Style(color))
            .Append($"  {Durations.Of(detail.ActiveTime)}  ");
        var trials = SearchScreen.Trials(detail);
        var brief = SearchScreen.Trials(detail, isBrief: true);
        return start.Length + trials.Length < columns
            ? start.Append(trials)
            : start.Append(Format.Shorten(brief, Math.Max(4, columns - start.Length - 1)));
    }

    private static Paragraph Progress(SearchDetail detail, int columns, bool promises)
    {
        var forecast = SearchForecast.Of(detail);
        var line = new Paragraph();
        if (forecast.Fraction is { } fraction)
        {
            var width = Math.Min(BarWidth, Math.Max(8, columns - 12));
            var full = (int)Math.Round(Math.Clamp(fraction, 0, 1) * width);
            line.Append(new string('█', full), new Style(Color.Green))
                .Append(new string('░', width - full), new Style(decoration: Decoration.Dim));
            line.Append($" {Format.Percent(fraction)}");
        }

        if (promises && forecast.Remaining is { } remaining && remaining > TimeSpan.Zero && columns > BarWidth + 36)
        {
            line.Append($"  about {Durations.Of(remaining)} left");
        }

        var facts = "  " + SearchScreen.Facts(detail);
        return line.Length + facts.Length < columns ? line.Append(facts, new Style(decoration: Decoration.Dim)) : line;
    }

    private static Table Running(SearchDetail detail, int columns)
    {
        var (header, rows) = SearchScreen.Running(detail, columns);
        var table = Tables.New([.. header]);
        foreach (var row in rows)
        {
            table.Row(row);
        }

        return table;
    }
}
