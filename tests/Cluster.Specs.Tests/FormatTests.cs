using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests;

/// <summary>How problems are printed.</summary>
public sealed class FormatTests
{
    private static readonly string Bad = Specs.Function.With("x", "  lr: { type: log, min: 0, max: 0.1 }");

    [Fact]
    public void The_human_form_shows_the_line_a_caret_and_help()
    {
        var result = Specs.Read(Bad, "bad.search.yaml");

        SpecProblemFormat.Human(result.Problems.ShouldHaveSingleItem(), SpecProblemFormat.SplitLines(Bad)).ShouldBe(
        [
            "bad.search.yaml:7:25: error SC1042: space.lr: min must be greater than 0 for type log (got 0)",
            "    7 |   lr: { type: log, min: 0, max: 0.1 }",
            "      |                         ^",
            "   help: use type float for a range that touches 0, or a small positive bound such as 1e-6",
        ]);
        SpecProblemFormat.Summary(result).ShouldBe("1 error, 0 warnings");
    }

    [Fact]
    public void The_msbuild_form_is_one_line() =>
        SpecProblemFormat.MsBuild(Specs.Read(Bad, "bad.search.yaml").Problems[0])
            .ShouldBe("bad.search.yaml(7,25): error SC1042: space.lr: min must be greater than 0 for type log (got 0)");

    [Fact]
    public void Control_and_direction_characters_are_never_printed()
    {
        var text = Specs.Function.With("name", "name: \"a\u202Eb\u200B\"");

        var lines = SpecProblemFormat.Human(Specs.Read(text).Problems[0], SpecProblemFormat.SplitLines(text));

        string.Concat(lines).ShouldNotContain("\u202E");
        lines.Count.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void File_errors_name_the_path()
    {
        SpecFileErrors.NotFound("nope.yaml", ["note.yaml", "x"]).ShouldSatisfyAllConditions(
            problem => problem.Code.ShouldBe("SC1000"),
            problem => problem.Message.ShouldBe("cannot open nope.yaml: no such file"),
            problem => problem.Help.ShouldBe("a similar file is there: note.yaml"));
        SpecFileErrors.IsFolder("specs").Message.ShouldBe("specs is a folder; give a .yaml or .json file");
        SpecFileErrors.TooLarge("big.yaml", 307_200).ShouldSatisfyAllConditions(
            problem => problem.Code.ShouldBe("SC1002"),
            problem => problem.Message.ShouldContain("larger than 256 KiB"));
    }
}
