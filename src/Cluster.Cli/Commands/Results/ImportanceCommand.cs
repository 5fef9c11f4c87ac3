using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Charts;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>importance SEARCH</c>: how much each parameter matters, and what to expect of its values.</summary>
internal sealed class ImportanceCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();

    private readonly Option<string> _method = Inputs.Choice(
        "--method",
        "fanova: what the objective varies with over the whole space; ped-anova: what the best trials have in common. Default: fanova",
        ImportanceAnalysis.Fanova,
        ImportanceAnalysis.Fanova,
        ImportanceAnalysis.PedAnova);

    private readonly Option<bool> _pairs = new("--pairs") { Description = "Interactions of two parameters as well (fanova)" };
    private readonly Option<int?> _top = Inputs.WholeNumber("--top", "Only the N most important ones", 1, 10_000);
    private readonly Option<string?> _parameter = new("--parameter")
    {
        HelpName = "NAME",
        Description = "Show what to expect of each value of this parameter instead",
    };

    private readonly Option<string?> _objective = new("--objective")
    {
        HelpName = "METRIC",
        Description = "Which objective of a search with several. Default: the first",
    };

    public ImportanceCommand()
        : base(
            "importance",
            "Show how much each parameter matters",
            "importance digits",
            "importance digits --pairs --top 5",
            "importance digits --method ped-anova",
            "importance digits --parameter learningRate",
            "importance digits --objective val/accuracy")
    {
        Add(_search);
        Add(_method);
        Add(_pairs);
        Add(_top);
        Add(_parameter);
        Add(_objective);
        SeeAlso = ["plot", "explain", "trials"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var method = parse.GetRequiredValue(_method);
        var withPairs = parse.GetValue(_pairs);
        if (withPairs && method != ImportanceAnalysis.Fanova)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--pairs does not fit --method {method}, which sees one parameter at a time.",
                "leave one of the two out",
                CommandCodes.WrongUsage);
        }

        await using var connection = await context.ReadAsync();
        var data = (await SearchData.ReadAsync(connection.Service, parse.GetRequiredValue(_search), context.Cancellation)).By(
            parse.GetValue(_objective));
        if (parse.GetValue(_parameter) is { } parameter)
        {
            PrintDependence(context, data, parameter);
            return ExitCodes.Done;
        }

        var analysis = ImportanceAnalysis.Of(data, method, withPairs);
        var top = parse.GetValue(_top) ?? int.MaxValue;
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(ImportanceDocument.Of(data, analysis, top), CliJsonContext.Default.ImportanceDocument);
            return ExitCodes.Done;
        }

        ImportanceReportText.Write(
            context.Output.Data, data, analysis, top, context.Output.DataColumns, context.Output.IsDataStyled);
        ImportanceReportText.Notes(analysis).ToList().ForEach(context.Output.Note);
        return ExitCodes.Done;
    }

    private static void PrintDependence(CommandContext context, SearchData data, string parameter)
    {
        var analysis = DependenceAnalysis.Of(data, data.Sample(), parameter);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(DependenceDocument.Of(data, analysis), CliJsonContext.Default.DependenceDocument);
            return;
        }

        TextChart.Write(context.Output.Data, SearchPlots.Slice(data, analysis), context.Output.DataConsole.Profile.Width);
    }
}
