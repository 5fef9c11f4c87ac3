using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>explain SEARCH TRIAL</c>: who suggested a trial and why, and what was decided about it.</summary>
internal sealed class ExplainCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Argument<TrialId> _trial = Inputs.Trial();

    public ExplainCommand()
        : base(
            "explain",
            "Tell who suggested a trial and why, and what was decided about it",
            "explain digits 17",
            "explain digits t0017 --json")
    {
        Add(_search);
        Add(_trial);
        SeeAlso = ["trials", "importance", "trace"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var (search, id) = (parse.GetRequiredValue(_search), parse.GetRequiredValue(_trial));
        await using var connection = await context.ReadAsync();
        var data = await SearchData.ReadAsync(connection.Service, search, context.Cancellation);
        var trial = data.Trials.FirstOrDefault(trial => trial.TrialId == id)
            ?? throw new CliException(
                ExitCodes.NotFound,
                $"Search {search} has {Format.Count(data.Trials.Count, "trial")}, so there is no {id}.",
                $"see: searchcluster trials {search}",
                CommandCodes.NoSuchTrial);
        var rank = TrialRank.Of(data, trial);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(ExplainDocument.Of(data, trial, rank), CliJsonContext.Default.ExplainDocument);
            return ExitCodes.Done;
        }

        var story = new TrialStory(data, trial, rank);
        context.Output.Data.WriteLine($"{trial.TrialId}  {Words.Spaced(trial.State)}");
        context.Output.Data.WriteLine(story.Summary);
        context.Output.Data.WriteLine();
        story.Sentences.ToList().ForEach(sentence => context.Output.Data.WriteLine("  " + sentence));
        if (trial.Failure?.Detail is { Length: > 0 } detail)
        {
            context.Output.Data.WriteLine();
            context.Output.Data.WriteLine("  Where it failed:");
            SafeText.OfLines(detail).TrimEnd().Split('\n').ToList().ForEach(line => context.Output.Data.WriteLine("    " + line));
        }

        return ExitCodes.Done;
    }
}
