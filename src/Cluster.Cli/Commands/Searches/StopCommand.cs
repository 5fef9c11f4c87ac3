using System.CommandLine;
using SearchCluster.Cli.Connection;
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

        // Without a coordinator that lives on, nobody is there to end what a killed process left running, or to build the ensemble.
        return connection.Kind == ConnectionKind.Offline && reply.State == SearchLifecycle.Finishing
            ? CommandAnswer.Print(
                context,
                "stop",
                reply,
                $"searchcluster resume {reply.SearchId}   nothing runs it now: this ends its open trials and builds its ensemble")
            : CommandAnswer.Print(context, "stop", reply, $"searchcluster status {reply.SearchId}");
    }
}
