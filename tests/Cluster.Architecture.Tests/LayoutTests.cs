using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>What a reader sees at once: lines that fit the screen, files that fit one sitting, and folders that fit the head.</summary>
public sealed partial class LayoutTests
{
    private const int LongestLine = 140;
    private const int MostFiles = 15;
    private const int MostLines = 400;

    // A text for people is one literal, so that it can be found; what may stand before and after one that is too long by itself.
    private const int MostBefore = 40;
    private const int MostAfter = 15;

    [Fact]
    public void Lines_are_at_most_140_characters_long_unless_a_text_alone_is_longer() =>
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
    [InlineData(140, false)]
    [InlineData(141, true)]
    public void A_long_line_is_found(int length, bool isFound) =>
        LongLines("a.cs", $"x\n{new string('y', length)}\n").Any().ShouldBe(isFound);

    [Theory]
    [InlineData("    throw new Trouble($\"TEXT\");", false)]
    [InlineData("    \"TEXT\",", false)]
    [InlineData("    Call(first, second, third, fourth, fifth, sixth, \"TEXT\");", true)]
    [InlineData("    Call(\"TEXT\", first, second, third, fourth, fifth);", true)]
    [InlineData("    var raw = \"\"\"\nTEXT\n\"\"\";", false)]
    [InlineData("    // TEXT", true)]
    public void Only_a_text_alone_may_be_longer(string line, bool isFound) =>
        LongLines("a.cs", line.Replace("TEXT", new string('t', LongestLine), StringComparison.Ordinal)).Any().ShouldBe(isFound);

    private static IEnumerable<string> Sources() => new[] { "src", "tests", "bench", "templates", "examples" }
        .Select(RepositoryFiles.PathOf)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static int CountLines(string text) => text.Count(c => c == '\n') + (text.Length == 0 || text[^1] == '\n' ? 0 : 1);

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static IEnumerable<string> LongLines(string path, string text) => WithoutRawTexts(text).Split('\n')
        .Select((line, number) => (Line: line, Number: number + 1))
        .Where(line => line.Line.Length > LongestLine && !IsOneText(line.Line))
        .Select(line => $"{path}:{line.Number}: {line.Line.Length} characters");

    private static bool IsOneText(string line)
    {
        var (first, last) = (line.IndexOf('"'), line.LastIndexOf('"'));
        return first >= 0 && last > first && line[..first].TrimStart().Length <= MostBefore && line.Length - last - 1 <= MostAfter;
    }

    private static string WithoutRawTexts(string text) => RawText().Replace(text, raw => new string('\n', raw.Value.Count(c => c == '\n')));

    [GeneratedRegex("\"{3,}.*?\"{3,}", RegexOptions.Singleline)]
    private static partial Regex RawText();
}
