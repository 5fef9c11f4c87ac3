using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>trials SEARCH</c>: trials as a table, CSV or JSON.</summary>
internal sealed class TrialsCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<int?> _top = Inputs.WholeNumber("--top", "Only the best N, best first", 1, 1_000_000);
    private readonly Option<string?> _only = StateFilter.Option<TrialState>("trials");
    private readonly Option<string?> _columns = new("--columns")
    {
        HelpName = "NAME,...",
        Description =
            "Columns to show: trial, state, objective, epoch, elapsed, attempts, worker, model, seed, origin, suggestion, decision, any parameter, any metric",
    };
    private readonly Option<bool> _csv = new("--csv") { Description = "CSV with full precision and all columns" };

    public TrialsCommand()
        : base(
            "trials",
            "Show the trials of a search",
            "trials digits --top 10",
            "trials digits --only failed",
            "trials digits --columns trial,objective,learningRate",
            "trials digits --csv")
    {
        Add(_search);
        Add(_top);
        Add(_only);
        Add(_columns);
        Add(_csv);
        SeeAlso = ["best", "status"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var search = parse.GetRequiredValue(_search);
        await using var connection = await context.ReadAsync();
        var all = await TrialReader.ReadAllAsync(connection.Service, search, context.Cancellation);
        var states = StateFilter.Parse<TrialState>(parse.GetValue(_only));
        var chosen = all.Where(t => states is null || states.Contains(t.State)).ToList();
        var spec = (await connection.Service.GetSpecAsync(search, context.Cancellation)).Spec;
        if (parse.GetValue(_top) is { } top)
        {
            chosen = TrialReader.Best(chosen, spec.Objective.Direction, top, spec.Objectives);
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new TrialsDocument(search.Value, all.Count, [.. chosen.Select(TrialJson.Of)]), CliJsonContext.Default.TrialsDocument);
            return ExitCodes.Done;
        }

        Print(context, chosen, all, parse.GetValue(_columns)?.Split(','), parse.GetValue(_csv), ResultLevel.UnitOf(spec));
        return ExitCodes.Done;
    }

    private static void Print(CommandContext context, List<TrialView> chosen, List<TrialView> all, string[]? named, bool isCsv, string unit)
    {
        var known = TrialTable.Columns(all);
        if (named?.FirstOrDefault(name => !known.Contains(name) && !TrialTable.OnRequest.Contains(name)) is { } unknown && all.Count > 0)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--columns names \"{SafeText.Of(unknown)}\", which no trial has.",
                $"known columns: {string.Join(", ", known.Concat(TrialTable.OnRequest))}",
                CommandCodes.WrongUsage);
        }

        if (isCsv)
        {
            var columns = named ?? known;
            context.Output.Data.WriteLine(CsvText.Line(columns));
            chosen.ForEach(trial => context.Output.Data.WriteLine(CsvText.Line(columns.Select(column => TrialTable.Raw(trial, column)))));
            return;
        }

        var shown = named ?? TrialTable.ShortColumns(chosen, context.Output.DataColumns);
        var table = new TextTable([.. shown.Select(column => column == "epoch" ? unit : column)]);
        chosen.ForEach(trial => table.Row([.. shown.Select(column => TrialTable.Cell(trial, column))]));
        table.Write(context.Output);
        if (named is null && TrialTable.LeftOut(chosen, shown) is { Count: > 0 } leftOut)
        {
            context.Output.Note(
                $"Not shown, for lack of room: {string.Join(", ", leftOut)}. All columns: --csv or --json; chosen ones: --columns {string.Join(',', shown.Take(3).Concat(leftOut.Take(2)))}");
        }

        foreach (var trial in chosen.Where(t => t is { Failure: not null, State: not TrialState.Completed }).Take(5))
        {
            context.Output.Note(
                $"{trial.TrialId} {Verb(trial.State)}: {trial.Failure!.Message}");
        }
    }

    private static string Verb(TrialState state) => state switch
    {
        TrialState.Failed => "failed",
        TrialState.StoppedEarly or TrialState.Skipped => "ended after",
        _ => "is tried again after",
    };
}
