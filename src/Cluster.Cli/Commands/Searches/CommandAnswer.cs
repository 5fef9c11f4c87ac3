using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Prints the coordinator's answer to <c>pause</c>, <c>resume</c> and <c>stop</c>.</summary>
internal static class CommandAnswer
{
    public static int Print(CommandContext context, string command, SearchReplies.CommandAccepted reply, string next)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new CommandDocument(reply.SearchId.Value, command, Words.Of(reply.State), reply.AlreadyDone),
                CliJsonContext.Default.CommandDocument);
            return ExitCodes.Done;
        }

        context.Output.Data.WriteLine($"{reply.SearchId} is {(reply.AlreadyDone ? "already " : string.Empty)}{Words.Spaced(reply.State)}.");
        context.Output.Note($"  next: {next}");
        return ExitCodes.Done;
    }
}
