using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Charts;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>plot SEARCH KIND</c>: a chart in the terminal, or as an SVG file.</summary>
internal sealed class PlotCommand : CliCommand
{
    private const string History = "history", Distribution = "edf", Importance = "importance", Slice = "slice", Curves = "curves";
    private const int DefaultCurves = 8;

    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Argument<string> _kind = Inputs.Word("KIND", "What to show", History, Distribution, Importance, Slice, Curves);
    private readonly Option<string?> _file = new("--output", "-o")
    {
        HelpName = "FILE.svg",
        Description = "Write an SVG picture instead of drawing in the terminal",
    };
    private readonly Option<double?> _optimum = Inputs.Number(
        "--optimum", "history: show the distance from this objective value on a log scale");
    private readonly Option<string?> _parameter = new("--parameter")
    {
        HelpName = "NAME",
        Description = "slice: the parameter. Default: the most important one",
    };
    private readonly Option<int?> _top = Inputs.WholeNumber("--top", "curves: how many of the best trials. Default: 8", 1, 100);

    private readonly Option<string> _method = Inputs.Choice(
        "--method",
        "importance: how it is measured. Default: fanova",
        ImportanceAnalysis.Fanova,
        ImportanceAnalysis.Fanova,
        ImportanceAnalysis.PedAnova);

    public PlotCommand()
        : base(
            "plot",
            "Draw a chart of a search",
            "plot digits history",
            "plot digits slice --parameter learningRate",
            "plot digits curves --top 5 -o curves.svg",
            "plot digits history --optimum 0.397887")
    {
        Add(_search);
        Add(_kind);
        Add(_file);
        Add(_optimum);
        Add(_parameter);
        Add(_top);
        Add(_method);
        SeeAlso = ["importance", "trials", "watch"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var (search, kind, file) = (parse.GetRequiredValue(_search), parse.GetRequiredValue(_kind), parse.GetValue(_file));
        if (file is not null && !file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--output is \"{SafeText.Of(file)}\", but must end with .svg.",
                $"for example: -o {search}-{kind}.svg",
                CommandCodes.WrongUsage);
        }

        await using var connection = await context.ReadAsync();
        var data = await SearchData.ReadAsync(connection.Service, search, context.Cancellation);
        var chart = kind == Curves ? await DrawCurvesAsync(connection.Service, data, parse, context.Cancellation) : Draw(data, kind, parse);
        if (chart is PlaneChart { Series: var series } && !series.Any(one => one.Points.Count > 0))
        {
            throw new CliException(
                ExitCodes.NoUsableTrial,
                $"Search {search} has no result to draw yet.",
                $"see: searchcluster status {search}",
                CommandCodes.NoResultYet);
        }

        if (file is not null)
        {
            context.WriteFile(file, SvgChart.Text(chart));
            context.Output.Note($"Chart written to {file}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(PlotDocument.Of(search, kind, chart), CliJsonContext.Default.PlotDocument);
        }
        else if (file is null)
        {
            TextChart.Write(context.Output.Data, chart, context.Output.DataConsole.Profile.Width);
        }

        return ExitCodes.Done;
    }

    private Chart Draw(SearchData data, string kind, ParseResult parse)
    {
        switch (kind)
        {
            case History:
                return SearchPlots.History(data, parse.GetValue(_optimum));
            case Distribution:
                return SearchPlots.Distribution(data);
            case Importance:
                return SearchPlots.Importance(data, ImportanceAnalysis.Of(data, parse.GetRequiredValue(_method)));
            case Slice:
                var parameter = parse.GetValue(_parameter)
                    ?? ImportanceAnalysis.Of(data, ImportanceAnalysis.Fanova).Report.Parameters[0].Parameter;
                return SearchPlots.Slice(data, DependenceAnalysis.Of(data, data.Sample(), parameter));
            default:
                throw new InvalidOperationException($"KIND {kind} has no chart; draw it here.");
        }
    }

    private async Task<Chart> DrawCurvesAsync(ISearchService service, SearchData data, ParseResult parse, CancellationToken cancellation)
    {
        var best = TrialReader.Best(
            data.Trials, data.Spec.Objective.Direction, parse.GetValue(_top) ?? DefaultCurves, data.Spec.Objectives);
        return SearchPlots.Curves(data, await TrialReader.ReadCurvesAsync(service, data.Search, best, cancellation));
    }
}
