using SearchCluster.Cli.Options;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Theory]
    [InlineData(false, 1000, false)]
    [InlineData(false, 80, false)]
    [InlineData(true, 200, false)]
    [InlineData(true, 200, true)]
    [InlineData(true, 80, true)]
    public void Lines_that_fit_are_those_that_the_console_library_draws(bool isTerminal, int columns, bool noColor)
    {
        var random = new Random(columns);
        for (var size = 0; size < 40; size++)
        {
            string[] header = ["search", "state", "tri als", "best"];
            var (table, library) = (new TextTable(header), Tables.New(header));
            for (var row = 0; row < size % 7; row++)
            {
                string[] cells = [Cell(random), Cell(random), Cell(random), Cell(random)];
                table.Row(cells);
                library.Row(cells);
            }

            var drawn = Written(isTerminal, columns, noColor, output => output.DataConsole.Write(library));
            Written(isTerminal, columns, noColor, output => table.Write(output)).ShouldBe(drawn);
        }
    }

    private static string Written(bool isTerminal, int columns, bool noColor, Action<CliOutput> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var terminal = new TerminalKind(isTerminal, columns);
        using var harness = new CliHarness();
        var environment = new CliEnvironment
        {
            Out = writer,
            Error = writer,
            In = TextReader.Null,
            OutTerminal = terminal,
            ErrorTerminal = terminal,
            Variable = _ => null,
            WorkingDirectory = harness.Folder,
            Clock = TimeProvider.System,
            Connector = harness.Connector,
        };
        write(new CliOutput(environment, new GlobalSettings(null, null, null, Json: false, Quiet: false, noColor, null, [])));
        return writer.ToString();
    }

    private static string Cell(Random random) => random.Next(6) switch
    {
        0 => string.Empty,
        1 => "-",
        2 => "4m ago",
        3 => "[bold]x[/] {0} \\ \"",
        _ => new string((char)random.Next('!', '~'), random.Next(1, 12)),
    };
}
