using System.CommandLine;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>pause SEARCH</c>: no new trials start, running ones save their state and give their slot back.</summary>
internal sealed class PauseCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();

    public PauseCommand()
        : base("pause", "Pause a search: running trials save their state and wait", "pause digits")
    {
        Add(_search);
        SeeAlso = ["resume", "stop"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.ConnectAsync();
        var reply = await connection.Service.PauseAsync(parse.GetRequiredValue(_search), context.Cancellation);
        return CommandAnswer.Print(context, "pause", reply, $"searchcluster resume {reply.SearchId}");
    }
}
