using System.CommandLine;
using System.Text;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Invocation;

/// <summary>Help: purpose, examples to copy, usage, options in groups. At most 60 lines.</summary>
internal static class HelpPrinter
{
    private const int Columns = 100;
    private const string Tool = "searchcluster";

    public static void Print(Command command, TextWriter output) => output.Write(Text(command));

    public static string Text(Command command)
    {
        var text = new StringBuilder();
        text.AppendLine(command.Description).AppendLine();
        if (command is CliCommand { Examples.Count: > 0 } leaf)
        {
            text.AppendLine("Examples:");
            leaf.Examples.ToList().ForEach(example => text.Append("  ").Append(Tool).Append(' ').AppendLine(example));
            text.AppendLine();
        }

        text.Append("Usage: ").AppendLine(Usage(command)).AppendLine();
        Section(text, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (Names(c.Name, c.Aliases), c.Description)));
        Section(text, "Arguments", command.Arguments.Select(a => (a.Name, a.Description)));
        var own = command.Options.Where(o => !o.Hidden && !GlobalOptions.Connection.Contains(o) && !GlobalOptions.Output.Contains(o)
            && o != GlobalOptions.Version);
        Section(text, "Options", own.Select(Row));
        Section(text, "Output", command.Options.Where(o => o == GlobalOptions.Version).Concat(GlobalOptions.Output).Select(Row));
        Section(text, "Connection", GlobalOptions.Connection.Select(Row));
        if (command is CliCommand { SeeAlso.Count: > 0 } withLinks)
        {
            text.Append("See also: ").AppendJoin(", ", withLinks.SeeAlso.Select(name => $"{Tool} {name}")).AppendLine();
        }

        return text.ToString().TrimEnd() + Environment.NewLine;
    }

    /// <summary>The words that lead to a command, for example <c>searchcluster spec check</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : Tool;

    private static string Usage(Command command)
    {
        var words = command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name);
        return string.Join(' ', [PathOf(command), .. command.Subcommands.Count > 0 ? ["COMMAND"] : words, "[options]"]);
    }

    private static (string Names, string? Description) Row(Option option)
    {
        var names = Names(option.Name, option.Aliases);
        return (option.HelpName is null ? names : $"{names} {option.HelpName}", option.Description);
    }

    private static string Names(string name, IEnumerable<string> aliases) =>
        string.Join(", ", aliases.Where(a => a != name && a != "-?").OrderBy(a => a.Length).Append(name));

    private static void Section(StringBuilder text, string title, IEnumerable<(string Names, string? Description)> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        text.Append(title).AppendLine(":");
        var width = Math.Min(34, lines.Max(line => line.Names.Length) + 2);
        foreach (var (names, description) in lines)
        {
            text.Append("  ").Append(names.PadRight(width));
            var indent = width + 2;
            if (names.Length >= width)
            {
                text.AppendLine().Append(' ', indent);
            }

            text.AppendLine(
                string.Join(Environment.NewLine + new string(' ', indent), Wrap(description ?? string.Empty, Columns - indent)));
        }

        text.AppendLine();
    }

    private static IEnumerable<string> Wrap(string description, int width)
    {
        var line = string.Empty;
        foreach (var word in description.Split(' '))
        {
            if (line.Length + word.Length + 1 > width && line.Length > 0)
            {
                yield return line;
                line = string.Empty;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
