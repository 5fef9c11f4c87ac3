using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>priority SEARCH N</c>: which search gets the next free slot.</summary>
internal sealed class PriorityCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Argument<int> _priority = Inputs.Priority();

    public PriorityCommand()
        : base(
            "priority",
            "Say which search gets each free slot first: the one of the highest priority",
            "priority digits 10",
            "priority digits -5")
    {
        Add(_search);
        Add(_priority);
        SeeAlso = ["submit", "pause", "list"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var (search, priority) = (parse.GetRequiredValue(_search), parse.GetRequiredValue(_priority));
        await using var connection = await context.ConnectAsync();
        var before = (await connection.Service.GetAsync(search, context.Cancellation)).Summary.Priority;
        var reply = await connection.Service.PrioritiseAsync(search, new PriorityRequest(priority), context.Cancellation);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new PriorityDocument(search.Value, priority, before, Words.Of(reply.State)), CliJsonContext.Default.PriorityDocument);
            return ExitCodes.Done;
        }

        context.Output.Data.WriteLine(reply.AlreadyDone
            ? $"{search} has priority {priority} already."
            : $"{search} has priority {priority} now; it had {before}.");
        context.Output.Note($"  next: searchcluster list");
        return ExitCodes.Done;
    }
}
