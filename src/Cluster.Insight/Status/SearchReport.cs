using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Status;

/// <summary>One search as a page of plain text, which says what <c>status</c> prints: where it stands, its best trial, what runs, which
/// trials failed and why, its warnings, and what to do next.</summary>
public static class SearchReport
{
    // As wide as what the command line writes into a pipe: nobody tells how wide the reader's terminal is.
    private const int Columns = 1_000;

    /// <summary>Reads a search and writes its page.</summary>
    /// <param name="service">Where the search is.</param>
    /// <param name="search">Its name there.</param>
    /// <param name="artifactFolder">Where its results lie; null where nobody knows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    public static async Task<string> ReadAsync(
        ISearchService service, SearchId search, string? artifactFolder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(service);
        var detail = await service.GetAsync(search, cancellation);
        using var page = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        if (SearchScreen.IsOver(detail))
        {
            var findings = await SearchFindings.ReadAsync(service, search, cancellation);
            ResultReport.Write(page, detail, artifactFolder, findings, [.. WarningText.Lines(detail)]);
        }
        else
        {
            Write(page, detail);
        }

        return page.ToString().TrimStart('\n');
    }

    private static void Write(TextWriter page, SearchDetail detail)
    {
        page.WriteLine(
            $"{detail.SearchId}  {Words.Spaced(detail.Summary.State)}  {Durations.Of(detail.ActiveTime)}  {SearchScreen.Trials(detail)}");
        page.WriteLine(Progress(detail));
        page.WriteLine(SearchScreen.Best(detail, Columns));
        if (TroubleText.Of(detail) is { } trouble)
        {
            page.WriteLine(trouble);
        }

        if (SearchScreen.Interruption(detail) is { } interruption)
        {
            page.WriteLine(interruption);
        }

        NarrowingText.Lines(detail).ToList().ForEach(page.WriteLine);
        if (detail.EnsembleState is EnsembleProgress.Waiting or EnsembleProgress.Building)
        {
            page.WriteLine(SearchScreen.Ensemble(detail));
        }

        if (detail.Running.Count > 0)
        {
            page.WriteLine();
            WriteRunning(page, detail);
        }

        FailureText.Write(page, detail);
        WarningText.Write(page, [.. WarningText.Lines(detail)]);
        page.WriteLine();
        NextSteps.Write(page, NextSteps.OfOpen(detail));
    }

    private static string Progress(SearchDetail detail)
    {
        var forecast = SearchForecast.Of(detail);
        var share = forecast.Fraction is { } fraction ? Format.Percent(fraction) + "  " : string.Empty;
        var left = forecast.Remaining is { } remaining && remaining > TimeSpan.Zero
            ? $"about {Durations.Of(remaining)} left  "
            : string.Empty;
        return share + left + SearchScreen.Facts(detail);
    }

    private static void WriteRunning(TextWriter page, SearchDetail detail)
    {
        var (header, rows) = SearchScreen.Running(detail, Columns);
        var table = new TextTable([.. header]);
        foreach (var row in rows)
        {
            table.Row(row);
        }

        table.Write(page, Columns);
    }
}
