using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Status;

/// <summary>One search on one screen: where it stands, how long it will take, the best trial, and what runs now. These are its texts, for
/// whoever draws them and for whoever prints them.</summary>
public static class SearchScreen
{
    private const int MostRunning = 12;
    private const int MostMetrics = 2;
    private const int LongestWorker = 14;
    private const int NarrowestParameters = 20;

    /// <summary>The search is over, and its ensemble is built or will not be.</summary>
    /// <param name="detail">The search.</param>
    public static bool IsOver(SearchDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail.Summary.State is SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed
            && detail.EnsembleState is not (EnsembleProgress.Waiting or EnsembleProgress.Building);
    }

    /// <summary>What keeps a search from training whose process has ended; null for every other one.</summary>
    /// <param name="detail">The search.</param>
    public static string? Interruption(SearchDetail detail) => detail.Summary.State == SearchLifecycle.Interrupted
        ? $"Its process has ended, so nothing trains. It goes on with: searchcluster resume {detail.SearchId}"
        : null;

    /// <summary>All of it in one line, for a pipe.</summary>
    public static string Line(SearchDetail detail)
    {
        var forecast = SearchForecast.Of(detail);
        var left = forecast.Remaining is { } remaining && remaining > TimeSpan.Zero
            ? $"  about {Durations.Of(remaining)} left"
            : string.Empty;
        var best = detail.Summary.Best is { Objective: { } value } trial
            ? $"  best {Format.Number(value)} ({trial.TrialId}{Cut(detail, trial)}"
                + (SeedText.OfBest(trial) is { } seeds ? $", {seeds})" : ")")
            : string.Empty;
        var ensemble = detail.EnsembleState is EnsembleProgress.Waiting or EnsembleProgress.Building
            ? "  " + Ensemble(detail)
            : string.Empty;
        var waits = detail.Trouble is null ? string.Empty : "  " + TroubleText.Brief(detail.TroubleSince);
        return $"{detail.SearchId}  {Words.Spaced(detail.Summary.State)}  {Trials(detail)}{best}{ensemble}{left}{waits}";
    }

    /// <summary>How far the ensemble is that waits or is being built.</summary>
    /// <param name="detail">The search.</param>
    public static string Ensemble(SearchDetail detail) =>
        detail.EnsembleMembers is { } members && members.Trained + members.Failed < members.Total
            ? $"training the members of the ensemble: {members.Trained} of {members.Total}"
                + $"{(members.Running > 0 ? $", {members.Running} running" : "")}{(members.Failed > 0 ? $", {members.Failed} failed" : "")}"
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

    /// <summary>What trains, for the end of a line.</summary>
    /// <param name="detail">The search.</param>
    public static string Facts(SearchDetail detail) =>
        $"{SafeText.Of(detail.Algorithm)}, {SafeText.Of(detail.Workload)}, seed {detail.Seed}"
            + (detail.Summary.Priority == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", priority {detail.Summary.Priority}"));

    /// <summary>The best trial with its parameters.</summary>
    /// <param name="detail">The search.</param>
    /// <param name="columns">Width of the line.</param>
    public static string Best(SearchDetail detail, int columns)
    {
        var objective = detail.Summary.Objective;
        var text = detail.Summary.Best is { Objective: { } value } best
            ? $"best  {best.TrialId}{Cut(detail, best)}  {SafeText.Of(objective.Metric)} {Format.Number(value)}"
                + $"{(SeedText.OfBest(best) is { } seeds ? $" ({seeds})" : "")}  {Format.Values(best.Values)}"
            : $"best  none yet ({Words.Of(objective.Direction)} {SafeText.Of(objective.Metric)})";
        return Format.Shorten(text, columns - 1);
    }

    private static string Cut(SearchDetail detail, TrialView trial) =>
        ResultLevel.Cut(trial, ResultLevel.UnitOf(detail)) is { } cut ? $", {cut}" : string.Empty;

    /// <summary>The trials that run, as a table.</summary>
    /// <param name="detail">The search.</param>
    /// <param name="columns">Width of a line.</param>
    /// <returns>The headings and the rows that fit.</returns>
    public static (IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows) Running(SearchDetail detail, int columns)
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
        if (room >= NarrowestParameters)
        {
            header = [.. header, "parameters"];
            rows = [.. rows.Zip(detail.Running, (row, trial) => (string[])[.. row, Format.Shorten(Format.Values(trial.Values), room)])];
        }

        if (detail.Running.Count > MostRunning)
        {
            rows.Add([$"+ {detail.Running.Count - MostRunning}", .. Enumerable.Repeat(string.Empty, header.Length - 1)]);
        }

        return (header, rows);
    }

    private static string[] Cells(TrialView trial, List<string> metrics) =>
    [
        trial.TrialId.ToString(),
        Format.Shorten(SafeText.Of(trial.WorkerId?.Value), LongestWorker),
        trial.Latest?.Resource.ToString(CultureInfo.InvariantCulture) ?? "-",
        .. metrics.Select(m => trial.Latest is { } latest && latest.Metrics.TryGetValue(m, out var value) ? Format.Number(value) : "-"),
        TrialTable.ElapsedOf(trial),
    ];
}
