using System.CommandLine;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Invocation;

public sealed class HelpTests
{
    public static TheoryData<string> Leaves => new(Commands(CommandTree.Build()).OfType<CliCommand>().Select(HelpPrinter.PathOf));

    [Theory]
    [MemberData(nameof(Leaves))]
    public async Task Help_is_short_shows_examples_first_and_goes_to_standard_output(string path)
    {
        using var cli = new CliHarness();

        var exitCode = await cli.RunAsync([.. path.Split(' ').Skip(1), "--help"]);

        exitCode.ShouldBe(0);
        cli.Error.ShouldBeEmpty();
        var lines = cli.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBeLessThanOrEqualTo(60);
        lines.ShouldAllBe(line => line.Length <= 110);
        Array.IndexOf(lines, "Examples:").ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Each_example_of_the_help_parses_to_its_command(string path)
    {
        var root = CommandTree.Build();
        var command = Commands(root).OfType<CliCommand>().Single(c => HelpPrinter.PathOf(c) == path);

        command.Examples.ShouldNotBeEmpty();
        foreach (var example in command.Examples)
        {
            var parse = root.Parse(example);

            parse.Errors.ShouldBeEmpty(example);
            parse.CommandResult.Command.ShouldBe(command);
        }
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Links_to_other_commands_lead_somewhere(string path)
    {
        var root = CommandTree.Build();
        var command = Commands(root).OfType<CliCommand>().Single(c => HelpPrinter.PathOf(c) == path);

        foreach (var link in command.SeeAlso)
        {
            HelpPrinter.PathOf(root.Parse(link).CommandResult.Command).ShouldBe("searchcluster " + link);
        }
    }

    [Fact]
    public async Task The_root_help_lists_every_command_with_its_purpose()
    {
        using var cli = new CliHarness();

        await cli.RunAsync("--help");

        foreach (var command in CommandTree.Build().Subcommands)
        {
            cli.Out.ShouldContain(command.Name);
            cli.Out.ShouldContain(command.Description![..20]);
        }

        cli.Out.TrimEnd().Split('\n').Length.ShouldBeLessThanOrEqualTo(60);
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);
}
