using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>What a reader sees at once: lines that fit the screen, files that fit one sitting, and folders that fit the head.</summary>
public sealed class LayoutTests
{
    private const int LongestLine = 140;
    private const int MostFiles = 15;
    private const int MostLines = 400;

    [Fact]
    public void Lines_are_at_most_140_characters_long() =>
        Sources().SelectMany(file => LongLines(Relative(file), File.ReadAllText(file))).ShouldBeEmpty("break them");

    [Fact]
    public void Folders_hold_at_most_15_sources() => Sources()
        .GroupBy(Path.GetDirectoryName)
        .Where(folder => folder.Count() > MostFiles)
        .Select(folder => $"{Relative(folder.Key!)} holds {folder.Count()}")
        .ShouldBeEmpty("give them rooms");

    [Fact]
    public void Files_have_at_most_400_lines() => Sources()
        .Select(file => (File: Relative(file), Lines: CountLines(File.ReadAllText(file))))
        .Where(file => file.Lines > MostLines)
        .Select(file => $"{file.File} has {file.Lines} lines")
        .ShouldBeEmpty("split them by what they are about");

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\nb", 3)]
    public void Lines_are_counted_as_an_editor_counts_them(string text, int lines) => CountLines(text).ShouldBe(lines);

    [Theory]
    [InlineData("TEXT", 140, false)]
    [InlineData("TEXT", 141, true)]
    [InlineData("    throw new Trouble($\"TEXT\");", 113, false)]
    [InlineData("    throw new Trouble($\"TEXT\");", 114, true)]
    [InlineData("    // TEXT", 134, true)]
    [InlineData("    var raw = \"\"\"\n    TEXT\n    \"\"\";", 136, false)]
    [InlineData("    var raw = \"\"\"\n    TEXT\n    \"\"\";", 137, true)]
    public void A_long_line_is_found(string line, int length, bool isFound) =>
        LongLines("a.cs", $"x\n{line.Replace("TEXT", new string('y', length), StringComparison.Ordinal)}\n").Any().ShouldBe(isFound);

    private static IEnumerable<string> Sources() => new[] { "src", "tests", "bench", "templates", "examples" }
        .Select(RepositoryFiles.PathOf)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static int CountLines(string text) => text.Count(c => c == '\n') + (text.Length == 0 || text[^1] == '\n' ? 0 : 1);

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static IEnumerable<string> LongLines(string path, string text) => text.Split('\n')
        .Select((line, number) => (Line: line, Number: number + 1))
        .Where(line => line.Line.Length > LongestLine)
        .Select(line => $"{path}:{line.Number}: {line.Line.Length} characters");
}
