using SearchCluster.Cli.Options;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Terminal;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Theory]
    [InlineData(false, 1000, false)]
    [InlineData(false, 40, false)]
    [InlineData(true, 200, false)]
    [InlineData(true, 200, true)]
    [InlineData(true, 46, false)]
    [InlineData(true, 40, true)]
    public void Lines_that_fit_are_those_that_the_console_library_draws(bool isTerminal, int columns, bool noColor)
    {
        var random = new Random(columns);
        for (var size = 0; size < 40; size++)
        {
            var table = new TextTable("search", "state", "tri als", "best");
            for (var row = 0; row < size % 7; row++)
            {
                table.Row(Cell(random), Cell(random), Cell(random), Cell(random));
            }

            var drawn = Written(isTerminal, columns, noColor, output => table.Draw(output.DataConsole));
            Written(isTerminal, columns, noColor, table.Write).ShouldBe(drawn);
        }
    }

    [Fact]
    public void Characters_that_are_two_columns_wide_are_measured_as_such()
    {
        var table = new TextTable("name", "value");
        table.Row("\u691c\u7d22", "1");
        table.Row("abcdef", "2");

        var lines = Written(isTerminal: false, 80, noColor: true, table.Write).Split('\n');

        lines[1].ShouldStartWith("\u691c\u7d22    1");
        lines[2].ShouldStartWith("abcdef  2");
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
