using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Application;

/// <summary>Turns what the parser found wrong into one line and a hint.</summary>
internal static class ParseErrors
{
    public static CliException? Of(ParseResult parse)
    {
        if (parse.Errors.Count == 0)
        {
            return null;
        }

        var command = parse.CommandResult.Command;
        var hint = $"see: {HelpPrinter.PathOf(command)} --help";
        if (parse.UnmatchedTokens.Count > 0)
        {
            return new(ExitCodes.WrongUsage, Unknown(parse.UnmatchedTokens[0], command), hint, CommandCodes.WrongUsage);
        }

        if (command is CommandGroup)
        {
            return new(
                ExitCodes.WrongUsage,
                $"{command.Name} needs a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.",
                hint,
                CommandCodes.WrongUsage);
        }

        // An own parser's sentence ends with a full stop; the library's sentences about the same value come after it.
        var message = parse.Errors[0].Message;
        return new(ExitCodes.WrongUsage, SafeText.Of(message), hint, CommandCodes.WrongUsage);
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-') && token.Length > 1;
        var names = isOption
            ? command.Options.Concat(GlobalOptions.Connection).Concat(GlobalOptions.Output).SelectMany(o => o.Aliases.Prepend(o.Name))
            : command.Subcommands.Where(c => !c.Hidden).SelectMany(c => c.Aliases.Prepend(c.Name));
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var suggestion = Suggestions.Nearest(token.Split('=', 2)[0], names);
        return $"Unknown {kind} \"{SafeText.Of(token)}\"" + (suggestion is null ? "." : $"; did you mean {suggestion}?");
    }
}
