using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>best SEARCH</c>: parameters and metrics of the best trials; the Pareto front of a search with several objectives.</summary>
internal sealed class BestCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<int?> _top = Inputs.WholeNumber("--top", "How many trials. Default: 1", 1, 10_000);
    private readonly Option<string?> _file = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write the best trial's parameters to a JSON file",
    };

    public BestCommand()
        : base("best", "Show parameters and metrics of the best trials", "best digits", "best digits --top 3", "best digits -o params.json")
    {
        Add(_search);
        Add(_top);
        Add(_file);
        SeeAlso = ["trials", "predict"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var search = parse.GetRequiredValue(_search);
        await using var connection = await context.ReadAsync();
        var detail = await connection.Service.GetAsync(search, context.Cancellation);
        var findings = await SearchFindings.ReadAsync(connection.Service, search, context.Cancellation);
        var trials = await BestTrialsAsync(context, connection.Service, detail, parse.GetValue(_top) ?? 1, findings.Pareto?.Objectives);
        if (trials.Count == 0)
        {
            throw new CliException(
                ExitCodes.NoUsableTrial,
                $"Search {search} has no trial with a result yet.",
                $"see: searchcluster status {search}",
                CommandCodes.NoResultYet);
        }

        if (parse.GetValue(_file) is { } file)
        {
            var document = new ParametersDocument(search.Value, trials[0].TrialId.Number, trials[0].Values.Entries);
            context.WriteFile(file, CliJson.Document(document, CliJsonContext.Default.ParametersDocument) + "\n");
            context.Output.Note($"Parameters of {trials[0].TrialId} written to {file}.");
        }

        Print(context, detail, trials, findings, parse.GetValue(_top) ?? int.MaxValue);
        return ExitCodes.Done;
    }

    // The first trial of each configuration is the best of it.
    private static string? Seeds(TrialView trial, HashSet<int> told) => trial.Configuration is { } all
        ? told.Add(Configurations.Of(trial.TrialId.Number, all.Repeats)) ? SeedText.OfBest(trial) : SeedText.OfOne(trial)
        : null;

    private static async Task<IReadOnlyList<TrialView>> BestTrialsAsync(
        CommandContext context,
        ISearchService service,
        SearchDetail detail,
        int count,
        IEnumerable<ObjectiveSpec>? objectives) => count == 1
        ? detail.Summary.Best is { } best ? [best] : []
        : TrialReader.Best(
            await TrialReader.ReadAllAsync(service, detail.SearchId, context.Cancellation),
            detail.Summary.Objective.Direction,
            count,
            objectives);

    private static void Print(
        CommandContext context, SearchDetail detail, IReadOnlyList<TrialView> trials, SearchFindings findings, int rows)
    {
        var objective = detail.Summary.Objective;
        if (context.Output.IsJson)
        {
            var document = new BestDocument(
                detail.SearchId.Value,
                new(objective.Metric, Words.Of(objective.Direction), objective.Target),
                [.. trials.Select(TrialJson.Of)],
                EnsembleJson.Of(detail.Ensemble),
                ParetoJson.Of(findings.Pareto),
                RepeatsJson.Of(findings.Repeats));
            context.Output.WriteJson(document, CliJsonContext.Default.BestDocument);
            return;
        }

        if (findings.Pareto is { } pareto)
        {
            ParetoReport.Write(context.Output.Data, pareto, rows);
            return;
        }

        var told = new HashSet<int>();
        foreach (var trial in trials)
        {
            var data = context.Output.Data;
            data.WriteLine(
                $"{trial.TrialId}  {SafeText.Of(objective.Metric)} {Format.Number(trial.Objective ?? double.NaN)}  "
                    + $"({ResultLevel.Cut(trial, ResultLevel.UnitOf(detail)) ?? Words.Spaced(trial.State)}"
                    + $"{(trial is { State: TrialState.StoppedEarly, Result.HasModel: false } ? ", without a saved model" : "")})");
            var metrics = trial.Result?.Metrics ?? ValueMap<double>.Empty;
            if (Seeds(trial, told) is { } seeds)
            {
                data.WriteLine($"  {seeds}");
            }

            foreach (var (name, value) in trial.Values.Entries)
            {
                data.WriteLine($"  {SafeText.Of(TrialColumn.ParameterBeside(name, metrics)),-16} {Format.Value(value)}");
            }

            if (trial.Result is { } result && ResultLevel.OfMetrics(result, objective, ResultLevel.UnitOf(detail)) is { } level)
            {
                data.WriteLine($"  {level}");
            }

            metrics.ToList().ForEach(metric => data.WriteLine($"  {SafeText.Of(metric.Key),-16} {Format.Number(metric.Value)}"));
        }

        if (findings.Repeats is { } repeats)
        {
            RepeatReport.Write(context.Output.Data, repeats, rows, detail.Summary.Best?.TrialId);
        }

        NarrowingText.Lines(detail).ToList().ForEach(context.Output.Data.WriteLine);
    }
}
