using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Invocation;
using SearchCluster.Specs;
using SearchCluster.Specs.Rules;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>What the documentation tells people to type is understood by the tool.</summary>
public sealed class ReadmeTests
{
    private const string FirstCommand = "dotnet run -c Release --project src/Cluster.Cli -- run examples/digits.search.yaml";
    private const string SecondCommand = "dotnet test -c Release";

    // An 80 x 24 terminal shows this much without scrolling twice.
    private const int FirstScreen = 30;

    public static TheoryData<string, string> Invocations => new(
        from file in new[] { "README.md", "deploy/README.md" }
        from command in DocumentedCommands.OfTool(file)
        select (file, command));

    [Theory]
    [MemberData(nameof(Invocations))]
    public void An_invocation_of_the_tool_parses(string file, string command)
    {
        var parse = CommandTree.Build().Parse(command);

        parse.Errors.Select(error => error.Message).ShouldBeEmpty($"{file}: {command}");
        parse.CommandResult.Command.ShouldBeAssignableTo<CliCommand>();
    }

    [Theory]
    [MemberData(nameof(Invocations))]
    public void An_example_spec_that_is_named_exists(string file, string command)
    {
        var specs = command.Split(' ').Where(word => word.StartsWith("examples/", StringComparison.Ordinal));

        specs.ShouldAllBe(spec => File.Exists(RepositoryFiles.PathOf(spec)), file);
    }

    [Theory]
    [InlineData(FirstCommand)]
    [InlineData(SecondCommand)]
    public void The_first_screen_shows_the_two_commands(string command)
    {
        var screen = RepositoryFiles.Text("README.md").Split('\n').Take(FirstScreen);

        screen.ShouldContain(command);
    }

    [Fact]
    public void The_invocations_are_found() => Invocations.Count.ShouldBeGreaterThan(12);

    [Fact]
    public void The_spec_of_the_readme_has_no_problem()
    {
        var spec = DocumentedCommands.Blocks("README.md", "yaml").ShouldHaveSingleItem();

        var result = SpecReader.Read(Encoding.UTF8.GetBytes(spec), "README.md");

        result.Problems.ShouldBeEmpty();
        result.Spec.ShouldNotBeNull();
    }

    [Fact]
    public void Every_algorithm_scheduler_and_workload_is_named()
    {
        // No scheduler, a regressor beside its classifier and the test functions need no words there.
        var names = ReleaseVocabulary.Value.Algorithms.Select(algorithm => algorithm.Name)
            .Concat(ReleaseVocabulary.Value.Schedulers.Select(scheduler => scheduler.Name).Except(["none"]))
            .Concat(ReleaseVocabulary.Value.Workloads.Select(workload => workload.Name.Replace("-regressor", "", StringComparison.Ordinal))
                .Except(["function"]));
        var text = RepositoryFiles.Text("README.md");

        names.Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty("README.md does not name them");
    }

    [Fact]
    public void The_first_command_runs_the_example()
    {
        var arguments = FirstCommand.Split(" -- ")[1];

        CommandTree.Build().Parse(arguments).Errors.ShouldBeEmpty();
        File.Exists(RepositoryFiles.PathOf(FirstCommand.Split(' ')[^1])).ShouldBeTrue();
    }

    [Fact]
    public void Links_to_files_lead_somewhere()
    {
        foreach (var file in new[] { "README.md", "deploy/README.md" })
        {
            var folder = Path.GetDirectoryName(RepositoryFiles.PathOf(file))!;
            foreach (var link in MarkdownLinks.Of(RepositoryFiles.Text(file)))
            {
                Path.Exists(Path.Combine(folder, link)).ShouldBeTrue($"{file} links to {link}");
            }
        }
    }
}
