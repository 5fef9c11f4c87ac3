namespace SearchCluster.Architecture.Tests;

public sealed class FloorTests
{
    public static TheoryData<string> Rows { get; } = [.. Floors.Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_folder_uses_only_folders_below_it(string row)
    {
        var sources = Floors.SourcesOf(row);

        sources.ShouldNotBeEmpty();
        Floors.Violations(Floors.Table[row], sources).ShouldBeEmpty();
        Floors.Table[row].SelectMany(folders => folders)
            .Except(sources.Select(source => source.Folder))
            .ShouldBeEmpty("the table names folders that are not there");
    }

    [Fact]
    public void Every_project_with_folders_has_floors() => Directory
        .EnumerateDirectories(Repository.SourceFolder)
        .Where(project => SourceFile.ReadAll(project).Select(source => source.Folder).Distinct().Count() > 1)
        .Select(project => Path.GetFileName(project)!)
        .Except(Floors.Table.Keys)
        .ShouldBeEmpty("add them to the table of floors");

    [Theory]
    [InlineData("Low", "internal sealed class Low { Tower _above; }", "Low/File.cs (Low) uses Tower (High), which is not below it.")]
    [InlineData(
        "Beside",
        "internal sealed class Beside { Neighbour _other; }",
        "Beside/File.cs (Beside) uses Neighbour (Middle), which is not below it.")]
    [InlineData("Cellar", "internal sealed class Cellar { }", "Cellar has no floor; add it to the table.")]
    [InlineData("High", "internal sealed class High { Neighbour _below; }", null)]
    [InlineData("Low", "internal sealed class Low { /* */ string _text = \"Tower\"; // Tower\n int Tower => _other.Tower; }", null)]
    [InlineData("Low", "internal sealed class Low { Tower Tower => 0; }", "Low/File.cs (Low) uses Tower (High), which is not below it.")]
    [InlineData("Low", "internal sealed class Low { High.Tower _above; }", "Low/File.cs (Low) uses Tower (High), which is not below it.")]
    [InlineData("Low", "internal sealed class Low { Beside.Tower _other; }", null)]
    [InlineData(
        "Low",
        "internal sealed class Low { int _high = _stone.Climb(3); }",
        "Low/File.cs (Low) uses Climb() (High), which is not below it.")]
    [InlineData(
        "Low",
        "internal sealed class Low { int _high = _stone?.Climb<int>(3); }",
        "Low/File.cs (Low) uses Climb() (High), which is not below it.")]
    [InlineData("Low", "internal sealed class Low { int _wide = _stone.Measure(); }", null)]
    [InlineData(
        "Low",
        "internal sealed class Low { string _text = $\"a {Tower.Name} b\"; }",
        "Low/File.cs (Low) uses Tower (High), which is not below it.")]
    [InlineData("High", "internal sealed class High { Program _all; }", "High/File.cs (High) uses Program (.), which is not below it.")]
    public void A_use_of_a_folder_that_is_not_below_is_reported(string folder, string text, string? violation)
    {
        string[][] floors = [["Low"], ["Middle", "Beside"], ["High"], ["."]];
        SourceFile[] sources =
        [
            SourceFile.Parse("High/Tower.cs", "High", "internal sealed class Tower { }"),
            SourceFile.Parse(
                "High/Stones.cs",
                "High",
                "internal static class Stones { public static int Climb(this Stone stone, int steps) => 0;\n"
                    + "public static int Measure(this Stone stone) => 0; }"),
            SourceFile.Parse("Middle/Neighbour.cs", "Middle", "internal sealed class Neighbour { public int Measure() => 1; }"),
            SourceFile.Parse("Program.cs", SourceFile.Root, "internal static class Program { Tower _all; }"),
            SourceFile.Parse(folder + "/File.cs", folder, text),
        ];

        Floors.Violations(floors, sources).ShouldBe(violation is null ? [] : [violation]);
    }

    [Theory]
    [InlineData("a /* b */ c // d\ne", "a  c \ne")]
    [InlineData("f('x', '\\'', '\"') + g", "f(, , ) + g")]
    [InlineData("\"a \\\" b\" + c", "\"\" + c")]
    [InlineData("\"\" + c", "\"\" + c")]
    [InlineData("@\"a\"\"b\\\" + c", "\"\" + c")]
    [InlineData("$\"a {b} {{c}} {d(\"e\")}\"", "\" b  d(\"\") \"")]
    [InlineData("$\"{(a ? \"b\" : $\"{c}\")} d\"", "\" (a ? \"\" : \" c \") \"")]
    [InlineData("$\"{at:yyyy'T'HH}\" + c", "\" at:yyyyHH \" + c")]
    [InlineData("\"\"\"\na \"b\" c\n\"\"\" + d", "\"\" + d")]
    [InlineData("$$\"\"\"\n{ {{a}} {b} }\n\"\"\" + c", "\" a \" + c")]
    public void Only_code_is_read(string source, string code) => CodeText.Of(source).ShouldBe(code);
}
