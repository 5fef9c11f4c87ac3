using System.CommandLine;
using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>list</c>: all searches, newest first.</summary>
internal sealed class ListCommand : CliCommand
{
    private readonly Option<string?> _only = StateFilter.Option<SearchLifecycle>("searches");
    private readonly Option<string[]> _labels = new("--label")
    {
        HelpName = "NAME=VALUE",
        Description = "Only searches that carry this label; may be repeated",
    };
    private readonly Option<int?> _limit = Inputs.WholeNumber("--limit", "Most lines", 1, 100_000);

    public ListCommand()
        : base("list", "List searches, newest first", "list", "list --only running,paused", "list --label team=vision --json")
    {
        Aliases.Add("ls");
        Add(_only);
        Add(_labels);
        Add(_limit);
        SeeAlso = ["status", "watch"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var labels = parse.GetValue(_labels) ?? [];
        if (labels.FirstOrDefault(label => label.IndexOf('=', StringComparison.Ordinal) <= 0) is { } wrong)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--label is \"{SafeText.Of(wrong)}\", but must be NAME=VALUE.",
                "for example --label team=vision",
                CommandCodes.WrongUsage);
        }

        await using var connection = await context.ReadAsync();
        var list = await connection.Service.ListAsync(context.Cancellation);
        var all = list.Searches;
        var states = StateFilter.Parse<SearchLifecycle>(parse.GetValue(_only));
        var searches = all
            .Where(s => states is null || states.Contains(s.State))
            .Where(s => labels.All(label => (s.Labels ?? ValueMap<string>.Empty).Any(own => $"{own.Key}={own.Value}" == label)))
            .OrderByDescending(s => s.SubmittedAt)
            .Take(parse.GetValue(_limit) ?? int.MaxValue)
            .ToList();
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new ListDocument(
                    [.. searches.Select(SearchJson.Of)],
                    list.Damaged is { } found ? [.. found.Select(DamageJson.Of)] : null,
                    list.Trouble,
                    list.TroubleSince?.UtcDateTime),
                CliJsonContext.Default.ListDocument);
            return ExitCodes.Done;
        }

        var damaged = (list.Damaged ?? []).ToList();
        Print(context, searches, damaged.Where(damage => all.All(s => s.SearchId != damage.Search)).ToList(), all.Count);
        damaged.ForEach(damage => context.Output.Note(SafeText.Of(damage.Describe())));
        if (TroubleText.Of(list.Trouble, list.TroubleSince) is { } trouble)
        {
            context.Output.Note($"Every search that is not over {trouble}");
        }

        return ExitCodes.Done;
    }

    private static void Print(CommandContext context, List<SearchSummary> searches, List<SearchDamage> unreadable, int total)
    {
        if (searches.Count + unreadable.Count == 0)
        {
            context.Output.Note(total == 0
                ? "No searches yet. Start one with: searchcluster run examples/digits.search.yaml"
                : total == 1 ? "The one search does not match." : $"None of the {total} searches matches.");
            return;
        }

        string[] priority = searches.Exists(search => search.Priority != 0) ? ["priority"] : [];
        var table = new TextTable(["search", "state", .. priority, "trials", "failed", "best", "trial", "submitted"]);
        foreach (var search in searches)
        {
            table.Row([
                search.SearchId.Value,
                Words.Spaced(search.State),
                .. priority.Select(_ => search.Priority.ToString(CultureInfo.InvariantCulture)),
                search.TrialBudget is { } budget ? $"{search.Counts.Finished}/{budget}" : $"{search.Counts.Finished}",
                $"{search.Counts.Failed}",
                search.Best?.Objective is { } best
                    ? $"{Format.Number(best)} {search.Objective.Metric}"
                        + (search.Best.Configuration is { } all ? $", mean {Format.Number(all.Mean)}" : "")
                    : "-",
                search.Best?.TrialId.ToString() ?? "-",
                Format.Ago(search.SubmittedAt, context.Now),
            ]);
        }

        unreadable.ForEach(damage => table.Row(
            [damage.Search.Value, Words.Spaced(SearchLifecycle.Damaged), .. priority.Select(_ => "-"), "-", "-", "-", "-", "-"]));
        table.Write(context.Output);
        if (searches.FirstOrDefault(search => search.State == SearchLifecycle.Interrupted) is { } interrupted)
        {
            context.Output.Note(
                $"No coordinator runs, so nothing trains. An interrupted search goes on with: searchcluster resume {interrupted.SearchId}");
        }
    }
}
