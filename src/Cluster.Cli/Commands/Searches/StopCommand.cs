using System.CommandLine;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>stop SEARCH</c>: ends a search; what it has found stays.</summary>
internal sealed class StopCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<bool> _now = new("--now")
    {
        Description = "Cancel running trials instead of letting them finish; their best result so far counts",
    };

    public StopCommand()
        : base(
            "stop",
            "End a search early; its results stay, and the ensemble is built from what there is",
            "stop digits",
            "stop digits --now")
    {
        Add(_search);
        Add(_now);
        SeeAlso = ["pause", "resume", "best"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.ConnectAsync();
        var request = new StopRequest(parse.GetValue(_now) ? StopMode.Now : StopMode.Graceful);
        var reply = await connection.Service.StopAsync(parse.GetRequiredValue(_search), request, context.Cancellation);
        return CommandAnswer.Print(context, "stop", reply, $"searchcluster status {reply.SearchId}");
    }
}
