using System.Text;
using Spectre.Console;

namespace SearchCluster.Cli.Terminal;

/// <summary>Makes a console that draws on one stream and asks nothing about the process's own console.</summary>
internal static class ConsoleFactory
{
    public static IAnsiConsole Create(TextWriter writer, TerminalKind terminal, bool color)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new StreamOutput(writer, terminal),
            Ansi = terminal.IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            EnvironmentVariables = new Dictionary<string, string>(),
        });
        console.Profile.Width = terminal.Columns;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private sealed class StreamOutput(TextWriter writer, TerminalKind terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal.IsTerminal;

        public int Width => terminal.Columns;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // The stream is UTF-8 from the start.
        }
    }
}
