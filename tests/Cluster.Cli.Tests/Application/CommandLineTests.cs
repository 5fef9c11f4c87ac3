using SearchCluster.Cli.Application;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Application;

public sealed class CommandLineTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Every_command_has_the_name_that_it_is_found_by() =>
        CommandTree.Commands.ShouldAllBe(command => command.Value().Name == command.Key);

    [Theory]
    [InlineData("list", true)]
    [InlineData("spec check x.yaml", true)]
    [InlineData("ls", false)]
    [InlineData("help list", false)]
    [InlineData("--json list", false)]
    [InlineData("--help", false)]
    [InlineData("statsu", false)]
    public void Only_the_command_that_a_line_begins_with_is_made(string line, bool isOne) =>
        CommandTree.Build(line.Split(' ')).Subcommands.Count.ShouldBe(isOne ? 1 : CommandTree.Commands.Count);

    [Theory]
    [InlineData("statsu", "Unknown command \"statsu\"; did you mean status?")]
    [InlineData("status digits --jsn", "Unknown option \"--jsn\"; did you mean --json?")]
    [InlineData("status a b", "Unknown argument \"b\".")]
    [InlineData("best", "Required argument 'SEARCH' missing for command: 'best'.")]
    [InlineData("trials digits --top abc", "--top is \"abc\", but must be a whole number from 1 to 1000000.")]
    [InlineData("trials digits --top 0", "--top is \"0\", but must be a whole number from 1 to 1000000.")]
    [InlineData("resume digits --time soon", "--time is \"soon\", but must be a duration such as 90s, 30m, 1h30m or 2d.")]
    [InlineData(
        "status Hello",
        "\"Hello\" is not a search name; use 1 to 63 of a-z, 0-9 and '-', starting with a letter or digit, and no reserved device name.")]
    [InlineData("submit x.yaml --on-duplicate maybe", "--on-duplicate is \"maybe\", but must be one of fail, resume, rename.")]
    [InlineData(
        "list --only runing",
        "--only names \"runing\", but must name states: running, paused, finishing, completed, stopped, failed, damaged, interrupted. Did "
            + "you mean running?")]
    [InlineData("list --timeout nonsense", "--timeout is \"nonsense\", but must be a duration such as 90s, 30m, 1h30m or 2d.")]
    [InlineData("run x.yaml --device gpu", "--device is \"gpu\", but must be auto, cpu, cuda or cuda:N, for example cuda:0.")]
    [InlineData("worker --device cuda:x", "--device is \"cuda:x\", but must be auto, cpu, cuda or cuda:N, for example cuda:0.")]
    [InlineData("run x.yaml --seed -1", "--seed is \"-1\", but must be a whole number from 0 to 9007199254740991.")]
    [InlineData("run x.yaml --seed 1.5", "--seed is \"1.5\", but must be a whole number from 0 to 9007199254740991.")]
    [InlineData(
        "run x.yaml --name Hello",
        "--name is \"Hello\", but must be a name of 1 to 63 of a-z, 0-9 and '-', starting with a letter or digit, and no reserved device "
            + "name.")]
    [InlineData("@responses.txt", "Unknown command \"@responses.txt\".")]
    [InlineData("spec chekc x.yaml", "Unknown command \"chekc\"; did you mean check?")]
    public async Task Wrong_usage_is_one_line_and_a_hint_on_standard_error(string line, string message)
    {
        var exitCode = await _cli.RunAsync(line.Split(' '));

        exitCode.ShouldBe(2);
        _cli.Out.ShouldBeEmpty();
        var lines = _cli.Error.TrimEnd().Split('\n');
        lines[0].ShouldBe($"searchcluster: SC0002: {message}");
        lines[1].ShouldStartWith("   help: see: searchcluster");
        lines.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("list", "--state", "")]
    [InlineData("list", "--coordinator", " ")]
    [InlineData("list", "--token-file", "")]
    [InlineData("list", "--label", "nonsense")]
    public async Task An_option_without_a_value_that_means_something_is_wrong_usage(params string[] line)
    {
        (await _cli.RunAsync(line)).ShouldBe(2);

        _cli.Error.ShouldStartWith($"searchcluster: SC0002: {line[1]} is \"{line[2]}\", but must be ");
        _cli.Service.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_option_given_twice_is_wrong_usage()
    {
        (await _cli.RunAsync("trials", "digits", "--top", "1", "--top", "2")).ShouldBe(2);

        _cli.Error.ShouldContain("--top");
    }

    [Fact]
    public async Task Wrong_usage_with_json_is_a_document_on_standard_error()
    {
        (await _cli.RunAsync("best", "--json")).ShouldBe(2);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldStartWith("{\"schema\":\"searchcluster/error@1\",\"exitCode\":2,\"code\":\"SC0002\"");
    }

    [Fact]
    public async Task Escape_sequences_of_an_argument_do_not_reach_the_terminal()
    {
        (await _cli.RunAsync("\u001b[31mred")).ShouldBe(2);

        _cli.Error.ShouldNotContain('\u001b');
        _cli.Error.ShouldContain("\\x1B[31mred");
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown()
    {
        (await _cli.RunAsync()).ShouldBe(0);

        _cli.Out.ShouldContain("Usage: searchcluster COMMAND [options]");
    }

    [Fact]
    public async Task The_version_option_prints_the_version()
    {
        (await _cli.RunAsync("--version")).ShouldBe(0);

        _cli.Out.ShouldStartWith("searchcluster ");
    }

    [Fact]
    public async Task A_group_without_a_command_shows_its_commands()
    {
        (await _cli.RunAsync("spec")).ShouldBe(2);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("check");
    }
}
