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
    private readonly Option<string?> _only = StateFilter.Option<TrialState>("trials", TrialTable.CutOff);
    private readonly Option<string?> _columns = new("--columns")
    {
        HelpName = "NAME,...",
        Description =
            "Columns to show: trial, state, objective, epoch, elapsed, attempts, worker, model, seed, origin, suggestion, decision, "
                + "failure, any parameter, any metric. params.NAME and metrics.NAME where the name is also another column's",
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
        RequireUse(context, parse);
        var search = parse.GetRequiredValue(_search);
        await using var connection = await context.ReadAsync();
        var all = await TrialReader.ReadAllAsync(connection.Service, search, context.Cancellation);
        var only = parse.GetValue(_only);
        var states = StateFilter.Parse<TrialState>(only);
        var isCut = only?.Split(',').Contains(TrialTable.CutOff) == true;
        var chosen = all.Where(t => states is null || states.Contains(t.State) || (isCut && t.Cut is not null)).ToList();
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

        var table = new TrialTable(all);
        var named = parse.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries).Select(name => Column(table, name, all.Count > 0));
        Print(context, chosen, table, named?.ToList(), parse.GetValue(_csv), ResultLevel.UnitOf(spec));
        return ExitCodes.Done;
    }

    // A document has all of each trial, in one form.
    private void RequireUse(CommandContext context, ParseResult parse)
    {
        var given = parse.GetValue(_csv) ? "--csv" : parse.GetValue(_columns) is null ? null : "--columns";
        if (context.Output.IsJson && given is { } other)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"{other} says nothing to --json, which has all of each trial.",
                $"leave out {other}, or --json",
                CommandCodes.WrongUsage);
        }
    }

    private static TrialColumn Column(TrialTable table, string name, bool hasTrials) =>
        table.Find(name) ?? (hasTrials
            ? throw new CliException(
                ExitCodes.WrongUsage,
                $"--columns names \"{SafeText.Of(name)}\", which no trial has.",
                $"known columns: {string.Join(", ", table.Columns.Select(column => column.Name))}",
                CommandCodes.WrongUsage)
            : new TrialColumn(name, TrialColumnKind.Metric, name));

    private static void Print(
        CommandContext context, List<TrialView> chosen, TrialTable columns, List<TrialColumn>? named, bool isCsv, string unit)
    {
        if (isCsv)
        {
            var all = named ?? columns.Columns;
            context.Output.Data.WriteLine(CsvText.Line(all.Select(column => column.Name)));
            chosen.ForEach(trial => context.Output.Data.WriteLine(CsvText.Line(all.Select(column => TrialTable.Raw(trial, column)))));
            return;
        }

        var shown = named ?? columns.ShortColumns(chosen, context.Output.DataColumns);
        var table = new TextTable([.. shown.Select(column => TrialTable.Heading(column, unit))]);
        chosen.ForEach(trial => table.Row([.. shown.Select(column => TrialTable.Cell(trial, column))]));
        table.Write(context.Output);
        if (named is null && columns.LeftOut(chosen, shown) is { Count: > 0 } leftOut)
        {
            var some = string.Join(',', shown.Take(3).Concat(leftOut.Take(2)).Select(column => column.Name));
            context.Output.Note(
                $"Not shown, for lack of room: {string.Join(", ", leftOut.Select(column => column.Name))}. All columns: --csv or --json; "
                    + $"chosen ones: --columns {some}");
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
