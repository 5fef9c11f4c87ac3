using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Prints a search that is over, and says whether it was worth it.</summary>
internal static class SearchOutcome
{
    public static async Task<int> ReportAsync(
        CommandContext context,
        ISearchService service,
        SearchDetail detail,
        string? artifactFolder,
        IReadOnlyList<string>? warnings = null,
        UploadJson? upload = null)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                StatusDocument.Of(detail, await SearchFindings.ReadAsync(service, detail.SearchId, context.Cancellation)) with
                {
                    Upload = upload,
                },
                CliJsonContext.Default.StatusDocument);
        }
        else
        {
            await WriteAsync(context, service, detail, artifactFolder, warnings);
        }

        return ExitCode(detail);
    }

    /// <summary>Prints it for people.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="service">Where the search is.</param>
    /// <param name="detail">The search.</param>
    /// <param name="artifactFolder">Where its results lie.</param>
    /// <param name="warnings">The warnings to print; null for all.</param>
    public static async Task WriteAsync(
        CommandContext context, ISearchService service, SearchDetail detail, string? artifactFolder, IReadOnlyList<string>? warnings = null)
    {
        var findings = await SearchFindings.ReadAsync(service, detail.SearchId, context.Cancellation);
        ResultReport.Write(context.Output.Data, detail, artifactFolder, findings, warnings ?? [.. WarningText.Lines(detail)]);
        if (context.Settings.Coordinator is { } coordinator)
        {
            // The commands that were told find no coordinator by themselves.
            context.Output.Note(
                $"Each of these commands needs --coordinator {SafeText.Of(coordinator)}"
                    + $"{(context.Settings.TokenFile is { } file ? $" --token-file {SafeText.Of(file)}" : "")}, as this one did.");
        }
    }

    /// <summary>0 when there is something to use; 8 when the search failed, or was stopped before a trial had a result.</summary>
    public static int ExitCode(SearchDetail detail) => detail.Summary switch
    {
        { State: SearchLifecycle.Failed } => ExitCodes.NoUsableTrial,
        { State: SearchLifecycle.Stopped, Best: null } => ExitCodes.NoUsableTrial,
        _ => ExitCodes.Done,
    };

    /// <summary>Watches a search to its end with progress on standard error, and prints the result on standard output.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="connection">Where the search is.</param>
    /// <param name="search">Its name there.</param>
    /// <param name="before">The search before it went on, whose warnings were told then; null to tell them all.</param>
    /// <param name="upload">What was sent with it; null for nothing.</param>
    public static async Task<int> FollowAsync(
        CommandContext context, ISearchConnection connection, SearchId search, SearchDetail? before = null, UploadJson? upload = null)
    {
        var follower = new SearchFollower(context, connection, before);
        var detail = await follower.FollowAsync(
            search, context.Output.ProgressConsole, context.Output.IsProgressLive, d => follower.Throttled(d, context.Output.Note));
        return await ReportAsync(
            context, connection.Service, detail, connection.ArtifactFolder, follower.UntoldWarnings(detail), upload);
    }
}
