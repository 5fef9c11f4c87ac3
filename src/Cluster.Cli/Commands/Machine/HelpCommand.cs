using System.CommandLine;
using System.Text.RegularExpressions;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>help [COMMAND | SCnnnn]</c>: how a command is used, or what a code means and what to do about it.</summary>
internal sealed partial class HelpCommand : CliCommand
{
    private readonly Argument<string[]> _topic = new("TOPIC")
    {
        Description = "A command, such as spec check, or the code of an error, such as SC3004. Without it: all commands",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public HelpCommand()
        : base("help", "Explain a command, or the code of an error", "help SC3004", "help spec check", "help SC3004 --json")
    {
        Add(_topic);
        SeeAlso = ["doctor"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var topic = parse.GetValue(_topic) ?? [];
        if (topic is [var code] && CodePattern().IsMatch(code))
        {
            Explain(code, context);
        }
        else
        {
            Describe(Find(topic, parse.RootCommandResult.Command), context);
        }

        return Task.FromResult(ExitCodes.Done);
    }

    private static void Explain(string code, CommandContext context)
    {
        var found = ErrorCatalog.Find(code)
            ?? throw new CliException(
                ExitCodes.NotFound,
                $"No error has the code {SafeText.Of(code)}.",
                "docs/errors.md lists all codes",
                CommandCodes.WrongUsage);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new(found.Code, found.Family, found.Meaning, found.NextStep), CliJsonContext.Default.ErrorCodeDocument);
            return;
        }

        context.Output.Data.WriteLine($"{found.Code}  {found.Meaning}");
        context.Output.Data.WriteLine($"        {found.NextStep}");
    }

    private static void Describe(Command command, CommandContext context)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new(
                    HelpPrinter.PathOf(command),
                    command.Description,
                    [.. command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)],
                    HelpPrinter.Text(command)),
                CliJsonContext.Default.HelpDocument);
            return;
        }

        HelpPrinter.Print(command, context.Output.Data);
    }

    private static Command Find(IReadOnlyList<string> words, Command command)
    {
        foreach (var word in words)
        {
            command = command.Subcommands.FirstOrDefault(child => child.Name == word || child.Aliases.Contains(word))
                ?? throw new CliException(
                    ExitCodes.WrongUsage,
                    $"\"{SafeText.Of(word)}\" is neither a command nor the code of an "
                        + $"error.{Suggestions.Sentence(word, command.Subcommands.Select(child => child.Name))}",
                    $"see: {HelpPrinter.PathOf(command)} --help",
                    CommandCodes.WrongUsage);
        }

        return command;
    }

    [GeneratedRegex(@"^sc\d{1,6}$", RegexOptions.IgnoreCase)]
    private static partial Regex CodePattern();
}
