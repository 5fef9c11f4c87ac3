namespace SearchCluster.Architecture.Tests;

public sealed class FloorTests
{
    public static TheoryData<string> Projects { get; } = [.. Floors.Table.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_uses_only_folders_below_it(string project)
    {
        var sources = SourceFile.ReadAll(Path.Combine(Repository.SourceFolder, project));

        sources.Count.ShouldBeGreaterThan(10);
        Floors.Violations(Floors.Table[project], sources).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Low", "internal sealed class Low { Tower _above; }", "Low/File.cs (Low) uses Tower (High), which is not below it.")]
    [InlineData(
        "Beside",
        "internal sealed class Beside { Neighbour _other; }",
        "Beside/File.cs (Beside) uses Neighbour (Middle), which is not below it.")]
    [InlineData("Cellar", "internal sealed class Cellar { }", "Cellar has no floor; add it to the table.")]
    [InlineData("High", "internal sealed class High { Neighbour _below; }", null)]
    [InlineData("Low", "internal sealed class Low { /* */ string _text = \"Tower\"; // Tower\n int Tower => _other.Tower; }", null)]
    public void A_use_of_a_folder_that_is_not_below_is_reported(string folder, string text, string? violation)
    {
        string[][] floors = [["Low"], ["Middle", "Beside"], ["High"]];
        SourceFile[] sources =
        [
            SourceFile.Parse("High/Tower.cs", "High", "internal sealed class Tower { }"),
            SourceFile.Parse("Middle/Neighbour.cs", "Middle", "internal sealed class Neighbour { }"),
            SourceFile.Parse(folder + "/File.cs", folder, text),
        ];

        Floors.Violations(floors, sources).ShouldBe(violation is null ? [] : [violation]);
    }
}
