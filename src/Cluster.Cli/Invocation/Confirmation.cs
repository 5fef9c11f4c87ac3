using System.CommandLine;
using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Invocation;

/// <summary>Asks before something is removed for good.</summary>
internal static class Confirmation
{
    public static Option<bool> Option() => new("--yes", "-y") { Description = "Do not ask" };

    /// <summary>Returns when the user agreed; whoever cannot be asked has to say so on the command line.</summary>
    /// <exception cref="CliException">The user did not agree.</exception>
    public static async Task RequireAsync(CommandContext context, bool isConfirmed, string question, string command)
    {
        if (isConfirmed)
        {
            return;
        }

        if (!context.Environment.InIsTerminal)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"{question} Nobody can be asked here.",
                $"say so on the command line: searchcluster {command} --yes",
                CommandCodes.WrongUsage);
        }

        await context.Environment.Error.WriteAsync($"{question} [y/N] ");
        var answer = await StandardInput.UntilCancelledAsync(context.Environment.In.ReadLine, context.Cancellation);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new CliException(ExitCodes.Conflict, "Nothing was removed.", null, CommandCodes.NotConfirmed);
        }
    }
}
