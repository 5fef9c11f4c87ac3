using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>Files whose form is broken, and what is wrong with a spec as a whole: code, place and the words that matter.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string, string, int, int, string> Files { get; } = new()
    {
        { "A04 empty", "", "SC1001", 1, 1, "the file is empty" },
        { "A04 only comments", "# nothing\n\n", "SC1001", 1, 1, "the file is empty" },
        { "A08 NUL", "version: 1\nname: a\0b\n", "SC1002", 2, 8, "U+0000" },
        { "A08 escaped NUL", "version: 1\nname: \"a\\0b\"\n", "SC1002", 2, 7, "U+0000" },
        { "A10 bracket", "version: 1\nspace: { x: { items: [1, 2 }\nname: x\n", "SC1004", 2, 22, "opened here" },
        { "A10 bracket at the end", "version: 1\nlabels: [1, 2\n", "SC1004", 2, 9, "opened here" },
        { "A10 quote", "version: 1\nname: \"abc\nseed: 1\n", "SC1004", 2, 7, "never closed" },
        { "A11 lists", new string('[', 10_000), "SC1005", 1, 17, "nested deeper than 16" },
        { "A11 dashes", string.Concat(Enumerable.Repeat("- ", 10_000)), "SC1005", 1, 33, "nested deeper than 16" },
        { "A13 self reference", "a: &x [*x]\n", "SC1006", 1, 4, "anchor &x" },
        { "alias", "a: *x\n", "SC1006", 1, 4, "alias *x" },
        { "A14 merge key", "version: 1\n<<: { a: 1 }\n", "SC1006", 2, 1, "merge keys" },
        { "tag", "version: !!int 1\n", "SC1006", 1, 10, "tag" },
        { "A16 two documents", "version: 1\n---\nversion: 1\n", "SC1008", 2, 1, "one document per file" },
        { "A17 duplicate", "version: 1\nname: a\nname: b\n", "SC1009", 3, 1, "first at 2:1" },
        { "a list", "- 1\n", "SC1010", 1, 1, "must be a mapping" },
        { "a text", "hello\n", "SC1010", 1, 1, "must be a mapping" },
        { "tab", "version: 1\nspace:\n\tx: 1\n", "SC1004", 3, 1, "tab" },
        { "A73 no-break space", "version: 1\nspace:\n\u00a0 x:\u00a01\n  y: 2\n", "SC1004", 3, 1, "U+00A0" },
        { "UTF-16", "\ufffe", "SC1002", 1, 1, "U+FFFE" },
        { "A22 future", "version: 2\nnonsense: 1\n", "SC1011", 1, 10, "written for format 2; this is SearchCluster" },
        { "A22 quoted", "version: \"1\"\n", "SC1011", 1, 10, "must be the number 1" },
        { "A22 real", "version: 1.0\n", "SC1011", 1, 10, "must be the number 1" },
        { "A22 missing", "name: x\n", "SC1011", 1, 1, "version is required" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_the_place_where_a_file_breaks(string row, string text, string code, int line, int column, string words)
    {
        var problem = Specs.Read(text).Problems.First(candidate => candidate.Code == code);

        (problem.Code, problem.Line, problem.Column).ShouldBe((code, line, column), row + ": " + problem.Message);
        problem.Message.ShouldContain(words);
    }

    [Fact]
    public void Prints_a_cycle_of_conditions()
    {
        var text = Specs.Function
            .With("x", "  x: { type: float, min: 0, max: 1, when: { y: { min: 1 } } }")
            .With("y", "  y: { type: float, min: 0, max: 15, when: { x: { min: 0.5 } } }");

        Specs.Read(text).Problems.ShouldHaveSingleItem().Message.ShouldContain("x → y → x");
    }

    [Fact]
    public void Refuses_a_grid_of_10_to_the_12_without_a_budget()
    {
        var text = Specs.Function
            .With("x", "  x: { type: int, min: 1, max: 1000000 }")
            .With("y", "  y: { type: int, min: 1, max: 1000000 }")
            .With("seed", "algorithm: { type: grid }");

        Specs.Good(text);
        var problem = Specs.Read(text.With("budget", "budget: { time: 1h }")).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("SC1060");
        problem.Message.ShouldContain("1,000,000 × 1,000,000 = 1,000,000,000,000");
    }

    [Fact]
    public void Refuses_a_grid_whose_forbidden_combinations_cannot_be_counted()
    {
        var names = Enumerable.Range(0, 60).Select(i => $"x{i}").Concat(Enumerable.Range(0, 60).Select(i => $"y{i}"));
        var text = "version: 1\nname: t\nworkload: { builtin: function, fixed: { function: sphere } }\nobjective: { metric: value, "
            + "direction: minimize }\n"
            + "algorithm: { type: grid }\nbudget: { trials: 5 }\nspace:\n"
            + string.Concat(names.Select(name => $"  {name}: {{ type: int, min: 0, max: 1 }}\n"))
            + "forbid:\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"  - {{ x{i}: 1, y{i}: 1 }}\n"));

        var problem = Specs.Read(text).Problems.ShouldHaveSingleItem();

        problem.Code.ShouldBe("SC1060");
        problem.Message.ShouldContain("too many ways");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "SC1021")]
    public void Limits_the_number_of_parameters(int count, string? code)
    {
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(i => $"  p{i}: {{ type: bool }}"));
        var text = Specs.Function.With("x", lines).With("y", "");

        Specs.Read(text).Problems.Select(problem => problem.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    public void Reports_at_most_fifty_problems_in_order_of_their_lines()
    {
        var text = Specs.Function + "\n" + string.Join('\n', Enumerable.Range(0, 80).Select(i => $"unknown{i}: 1"));

        var result = Specs.Read(text);

        result.Problems.Length.ShouldBe(50);
        result.Omitted.ShouldBe(30);
        result.Problems.Select(problem => problem.Line).ShouldBeInOrder();
        result.Spec.ShouldBeNull();
    }

    [Theory]
    [InlineData(SpecLimits.Bytes, "SC1001")]
    [InlineData(SpecLimits.Bytes + 1, "SC1002")]
    public void Limits_the_size_of_a_file(int bytes, string code) =>
        Specs.Read("#" + new string(' ', bytes - 1)).Problems.ShouldHaveSingleItem().Code.ShouldBe(code);
}
