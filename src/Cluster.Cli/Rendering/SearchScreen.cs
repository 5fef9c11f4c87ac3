using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SearchCluster.Cli.Rendering;

/// <summary>One search on one screen: where it stands, how long it will take, the best trial, and what runs now.</summary>
internal static class SearchScreen
{
    private const int BarWidth = 40;
    private const int MostRunning = 12;
    private const int MostMetrics = 2;
    private const int LongestWorker = 14;
    private const int NarrowestParameters = 20;

    public static IRenderable Render(SearchDetail detail, int columns, bool promises = true)
    {
        var parts = new List<IRenderable> { Headline(detail, columns) };
        parts.AddRange(detail.Summary.State == SearchLifecycle.Interrupted
            ? [new Text($"Its process has ended, so nothing trains. It goes on with: searchcluster resume {detail.SearchId}")]
            : []);
        parts.AddRange([Progress(detail, columns, promises), Best(detail, columns)]);
        parts.AddRange(TroubleText.Of(detail) is { } trouble ? [new Text(trouble, new Style(Color.Yellow))] : []);
        parts.AddRange(NarrowingText.Lines(detail).Select(line => new Text(Format.Shorten(line, columns - 1))));
        if (detail.Running.Count > 0)
        {
            parts.Add(new Text(string.Empty));
            parts.Add(Running(detail, columns));
        }

        if (detail.EnsembleState is EnsembleProgress.Waiting or EnsembleProgress.Building)
        {
            parts.Add(new Text(Format.Shorten(Ensemble(detail), columns - 1)));
        }

        return new Rows(parts);
    }

    /// <summary>The same in one line, for a pipe.</summary>
    public static string Line(SearchDetail detail)
    {
        var forecast = SearchForecast.Of(detail);
        var left = forecast.Remaining is { } remaining && remaining > TimeSpan.Zero
            ? $"  about {Durations.Of(remaining)} left"
            : string.Empty;
        var best = detail.Summary.Best is { Objective: { } value } trial
            ? $"  best {Format.Number(value)} ({trial.TrialId}{Cut(detail, trial)})"
            : string.Empty;
        var ensemble = detail.EnsembleState is EnsembleProgress.Waiting or EnsembleProgress.Building
            ? "  " + Ensemble(detail)
            : string.Empty;
        var waits = detail.Trouble is null ? string.Empty : "  " + TroubleText.Brief(detail.TroubleSince);
        return $"{detail.SearchId}  {Words.Spaced(detail.Summary.State)}  {Trials(detail)}{best}{ensemble}{left}{waits}";
    }

    private static string Ensemble(SearchDetail detail) =>
        detail.EnsembleMembers is { } members && members.Trained + members.Failed < members.Total
            ? $"training the members of the ensemble: {members.Trained} of {members.Total}{(members.Running > 0 ? $", {members.Running} running" : "")}{(members.Failed > 0 ? $", {members.Failed} failed" : "")}"
            : "building the ensemble from the best trials";

    /// <summary>Trials by state.</summary>
    /// <param name="detail">The search.</param>
    /// <param name="isBrief">Only the states that a person acts on, for narrow terminals.</param>
    public static string Trials(SearchDetail detail, bool isBrief = false)
    {
        var counts = detail.Summary.Counts;
        (int Count, string Word)[] all =
        [
            (counts.Running, "running"), (counts.Waiting, "waiting"), (counts.Paused, "paused"), (counts.Completed, "done"),
            (counts.StoppedEarly - counts.CutOff, "stopped early"), (counts.CutOff, "cut off"), (counts.Failed, "failed"),
            (counts.Skipped, "skipped"),
        ];
        var total = detail.Budget.Trials is { } budget ? $"{counts.Finished}/{budget}" : $"{counts.Finished}";
        var states = string.Join(
            ", ", all.Where(p => p.Count > 0 && (!isBrief || p.Word is "running" or "failed")).Select(p => $"{p.Count} {p.Word}"));
        return states.Length == 0 ? $"trials {total}" : $"trials {total} ({states})";
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
        var trials = Trials(detail);
        var brief = Trials(detail, isBrief: true);
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

        var facts = $"  {SafeText.Of(detail.Algorithm)}, {SafeText.Of(detail.Workload)}, seed {detail.Seed}";
        return line.Length + facts.Length < columns ? line.Append(facts, new Style(decoration: Decoration.Dim)) : line;
    }

    private static Text Best(SearchDetail detail, int columns)
    {
        var objective = detail.Summary.Objective;
        var text = detail.Summary.Best is { Objective: { } value } best
            ? $"best  {best.TrialId}{Cut(detail, best)}  {SafeText.Of(objective.Metric)} {Format.Number(value)}  {Format.Values(best.Values)}"
            : $"best  none yet ({Words.Of(objective.Direction)} {SafeText.Of(objective.Metric)})";
        return new Text(Format.Shorten(text, columns - 1));
    }

    private static string Cut(SearchDetail detail, TrialView trial) =>
        ResultLevel.Cut(trial, ResultLevel.UnitOf(detail)) is { } cut ? $", {cut}" : string.Empty;

    private static Table Running(SearchDetail detail, int columns)
    {
        var objective = detail.Summary.Objective.Metric;
        var metrics = detail.Running.SelectMany(t => t.Latest?.Metrics.Keys ?? [])
            .Where(m => m == objective || m.StartsWith("val/", StringComparison.Ordinal))
            .Distinct()
            .OrderBy(m => m != objective)
            .ThenBy(m => m, StringComparer.Ordinal)
            .Take(MostMetrics)
            .ToList();
        string[] header = ["running", "worker", ResultLevel.UnitOf(detail), .. metrics, "elapsed"];
        var rows = detail.Running.Take(MostRunning).Select(trial => Cells(trial, metrics)).ToList();
        var widths = Enumerable.Range(0, header.Length)
            .Select(i => rows.Select(row => row[i].Length).Append(header[i].Length).Max() + Format.ColumnGap)
            .ToList();

        // What does not fit goes from right to left: a row that wraps is no row.
        var shown = header.Length;
        while (shown > 1 && widths.Take(shown).Sum() > columns)
        {
            shown--;
        }

        header = header[..shown];
        rows = [.. rows.Select(row => row[..shown])];
        var room = columns - widths.Take(shown).Sum() - Format.ColumnGap;
        var showsParameters = room >= NarrowestParameters;
        var table = Tables.New(showsParameters ? [.. header, "parameters"] : header);
        foreach (var (row, trial) in rows.Zip(detail.Running))
        {
            table.Row(showsParameters ? [.. row, Format.Shorten(Format.Values(trial.Values), room)] : row);
        }

        if (detail.Running.Count > MostRunning)
        {
            table.Row([$"+ {detail.Running.Count - MostRunning}", .. Enumerable.Repeat(string.Empty, table.Columns.Count - 1)]);
        }

        return table;
    }

    private static string[] Cells(TrialView trial, List<string> metrics) =>
    [
        trial.TrialId.ToString(),
        Format.Shorten(SafeText.Of(trial.WorkerId?.Value), LongestWorker),
        trial.Latest?.Resource.ToString(CultureInfo.InvariantCulture) ?? "-",
        .. metrics.Select(m => trial.Latest is { } latest && latest.Metrics.TryGetValue(m, out var value) ? Format.Number(value) : "-"),
        TrialTable.Cell(trial, "elapsed"),
    ];
}
