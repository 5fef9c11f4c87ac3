using System.Text;

namespace SearchCluster.Specs.Tests;

/// <summary>Files of configurations that a spec names; who can read them puts what they hold in their places.</summary>
public sealed class EnqueuedFileTests
{
    [Theory]
    [InlineData("enqueue: best.json", new[] { "best.json" })]
    [InlineData("enqueue: [{ x: 1 }, a.json, 'b.JSON', a.json]", new[] { "a.json", "b.JSON" })]
    [InlineData("enqueue: [{ x: 1 }]", new string[0])]
    [InlineData("enqueue: soon", new string[0])]
    public void The_files_are_found(string section, string[] files) =>
        SpecReader.EnqueuedFiles(Encoding.UTF8.GetBytes(Specs.Function.With("seed", section)), "s.yaml").ShouldBe(files);

    [Fact]
    public void Their_configurations_stand_in_their_places()
    {
        var spec = Specs.Good(
            Specs.Function.With("seed", "enqueue: [{ x: 1 }, a.json, { x: 3 }]"),
            overrides: new Dictionary<string, string>
            {
                ["enqueue[a.json]"] = """[{"x": 2, "y": 7.5}, {"y": 1}]""",
                ["enqueue[]"] = """{"x": 0}""",
            });

        spec.Enqueue!.Select(point => point.ToString()).ShouldBe(["{x: 0}", "{x: 1}", "{x: 2, y: 7.5}", "{y: 1}", "{x: 3}"]);
    }

    [Fact]
    public void They_are_checked_like_those_of_the_spec()
    {
        var read = Specs.Read(
            Specs.Function.With("seed", "enqueue: a.json"),
            overrides: new Dictionary<string, string> { ["enqueue[a.json]"] = """[{"x": 11}, {"z": 1}]""" });

        read.Spec.ShouldBeNull();
        read.Problems.Select(problem => (problem.Code, problem.File)).ShouldBe([("SC1055", "a.json"), ("SC1055", "a.json")]);
        read.Problems[0].Message.ShouldContain("x is 11, but must be a number from -5 to 10");
    }

    [Fact]
    public void A_file_that_nobody_read_is_told() =>
        Specs.Read(Specs.Function.With("seed", "enqueue: a.json")).Problems
            .ShouldHaveSingleItem().Message
            .ShouldContain("enqueue names the file \"a.json\", which nobody read here");

    [Fact]
    public void A_file_without_configurations_is_told() =>
        Specs.Read(
            Specs.Function.With("seed", "enqueue: a.json"),
            overrides: new Dictionary<string, string> { ["enqueue[a.json]"] = "[1, 2]" }).Problems[0].Message
            .ShouldContain("the file holds no configuration");
}
