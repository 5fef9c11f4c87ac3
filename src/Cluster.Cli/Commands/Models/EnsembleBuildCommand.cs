using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>ensemble build SEARCH</c>: makes an ensemble of a search's trials, during it or long after.</summary>
internal sealed class EnsembleBuildCommand : CliCommand
{
    private static readonly (string Word, EnsembleCombination Value)[] Combinations =
        [("mean-probability", EnsembleCombination.MeanProbability), ("mean", EnsembleCombination.Mean), ("vote", EnsembleCombination.Vote)];

    private static readonly string DefaultType = EnsembleMethods.Greedy.Name;

    private readonly Argument<SearchId> _search = Inputs.Search();

    private readonly Option<string> _type = Inputs.Choice(
        "--type",
        $"{string.Join(". ", EnsembleMethods.All.Select(method => $"{method.Name}: {method.Summary}"))}. Default: {DefaultType}",
        DefaultType,
        [.. EnsembleMethods.All.Select(method => method.Name)]);

    private readonly Option<int?> _members = Inputs.WholeNumber("--members", "How many models vote; rounds of greedy. Default: 10", 2, 100);
    private readonly Option<int?> _pool = Inputs.WholeNumber(
        "--pool", "Of how many of the best trials greedy chooses. Default: 50", 2, 1_000);

    private readonly Option<string> _combine = Inputs.Choice(
        "--combine",
        "How outputs are combined. Default: vote for adaboost, mean for numbers, mean-probability elsewhere",
        "default",
        ["default", .. Combinations.Select(known => known.Word)]);

    public EnsembleBuildCommand()
        : base(
            "build",
            "Build an ensemble from the trials of a search",
            "ensemble build digits",
            "ensemble build digits --type top-k --members 5",
            "ensemble build digits --type bagging --members 8")
    {
        Add(_search);
        Add(_type);
        Add(_members);
        Add(_pool);
        Add(_combine);
        Works = true;
        SeeAlso = ["predict", "evaluate", "trials"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.ReadAsync();
        var data = await SearchData.ReadAsync(connection.Service, parse.GetRequiredValue(_search), context.Cancellation);
        var folder = connection.ArtifactFolder ?? throw new CliException(
            ExitCodes.WrongUsage,
            "The models of this search lie in no folder of this machine.",
            "run the command where the coordinator keeps them in a folder; from an object store an ensemble is built only at the end of "
                + "the search, as its spec asks for it",
            CommandCodes.WrongUsage);
        var workload = context.Workloads.Vocabulary.Workloads.FirstOrDefault(known => known.Name == data.Spec.Workload.Builtin);
        if (workload is { SupportsEnsemble: false })
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"Models of workload {workload.Name} cannot vote.",
                "use the best trial: searchcluster best " + data.Search,
                CommandCodes.WrongUsage);
        }

        var type = parse.GetRequiredValue(_type);
        EnsembleCombination? asked = parse.GetRequiredValue(_combine) is var word && word != "default"
            ? Combinations.First(known => known.Word == word).Value
            : null;
        var method = EnsembleMethods.Find(type)!;
        Check(method, workload?.Target, asked);
        var combine = asked ?? method.DefaultCombination(workload?.Target);
        var report = await EnsembleBuildRun.RunAsync(
            context,
            data,
            new EnsembleSpec(type, parse.GetValue(_members) ?? 10, combine, parse.GetValue(_pool)),
            folder,
            (await connection.Service.GetAsync(data.Search, context.Cancellation)).Data);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new EnsembleDocument(data.Search.Value, type, EnsembleJson.Of(report)!), CliJsonContext.Default.EnsembleDocument);
            return ExitCodes.Done;
        }

        EnsembleText.Write(context.Output.Data, report, data.Spec.Objective.Direction);
        context.Output.Data.WriteLine($"saved        {Path.Combine(folder, report.Artifact)}");
        context.Output.Data.WriteLine($"next         searchcluster predict {data.Search} {InputWord.Of(data.Spec.Data)}");
        return ExitCodes.Done;
    }

    private static void Check(EnsembleMethod method, TargetKind? target, EnsembleCombination? asked)
    {
        var isNumbers = target == TargetKind.Numbers;
        if (method.WeighsVotes && target is not (null or TargetKind.Class))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--type {method.Name} boosts classifiers, but these trials answer {(isNumbers ? "numbers" : "a class for each pixel")}.",
                "use --type bagging",
                CommandCodes.WrongUsage);
        }

        if (asked is { } combine && isNumbers != (combine == EnsembleCombination.Mean))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--combine does not fit trials that answer {(isNumbers ? "numbers" : "a class")}.",
                isNumbers ? "use --combine mean" : "use --combine mean-probability or vote",
                CommandCodes.WrongUsage);
        }
    }
}
