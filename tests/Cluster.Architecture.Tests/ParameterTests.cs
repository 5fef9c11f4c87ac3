using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>Above ten parameters nobody sees which value goes where: such a type has properties that are named where it is made. And a
/// comment of a parameter says what its name does not, or all comments of that list are left out.</summary>
public sealed partial class ParameterTests
{
    private const int Most = 10;

    private static readonly string[] Fillers = ["the", "a", "an", "its", "of", "this", "that", "to", "for", "one", "as", "it", "is"];

    // What needs more, and why properties would not do.
    private static readonly Dictionary<string, string> Exceptions = [];

    [Theory]
    [InlineData("src", 900)]
    [InlineData("tests", 400)]
    [InlineData("bench", 30)]
    public void No_constructor_takes_more_than_ten_parameters(string folder, int leastFiles)
    {
        var root = RepositoryFiles.PathOf(folder);
        var sources = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories);

        var found = sources
            .SelectMany(file => ParameterList.AllOf(File.ReadAllText(file)).Select(list => (Path: file, List: list)))
            .Where(list => list.List.Count > Most && !Exceptions.ContainsKey(list.List.Type))
            .Select(list => $"{list.Path}: {list.List.Type} takes {list.List.Count} parameters; make them properties.");

        sources.Length.ShouldBeGreaterThan(leastFiles);
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public sealed record Pair(int First, string Second);", 2)]
    [InlineData("internal sealed class Pair<T>(Dictionary<string, T> first, (int A, int B) second) : Base(1, 2, 3);", 2)]
    [InlineData("public readonly record struct Pair(\n    [property: A(1, 2)] int First,\n    string Second = \"a, b\"); // 1, 2", 2)]
    [InlineData("internal sealed class Pair { public Pair(int[,] first, Func<int, int, int> second) { } }", 2)]
    [InlineData("internal sealed class Pair { private Pair() { } }", 0)]
    public void Parameters_of_a_constructor_are_counted(string text, int count) =>
        ParameterList.AllOf(text).ShouldBe([new ParameterList("Pair", count)]);

    [Theory]
    [InlineData("internal sealed class Pair { public static Pair Of(int first, int second) => new(first, second); }")]
    [InlineData("internal sealed class Pair { /// <summary>A class Pair (of, two).</summary>\n public int First { get; init; } }")]
    public void What_is_no_constructor_is_not_counted(string text) => ParameterList.AllOf(text).ShouldBeEmpty();

    [Fact]
    public void Comments_of_parameters_say_more_than_the_name() => new[] { "src", "tests", "bench", "templates", "examples" }
        .Select(RepositoryFiles.PathOf)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => Repetitions(file, File.ReadAllText(file)))
        .ShouldBeEmpty("say what it holds, in which unit and what null means, or leave out all comments of the list");

    [Theory]
    [InlineData("searchId", "The search.", true)]
    [InlineData("Settings", "Its setting", true)]
    [InlineData("fileName", "Name of\n    /// the file.", true)]
    [InlineData("searchId", "Name of the search.", false)]
    [InlineData("options", "Options; null for the defaults.", false)]
    public void A_comment_that_only_repeats_a_name_is_found(string name, string comment, bool isFound) =>
        Repetitions("a.cs", $"    /// <param name=\"{name}\">{comment}</param>\n").Any().ShouldBe(isFound);

    private static IEnumerable<string> Repetitions(string path, string text) => Comment().Matches(text)
        .Where(match => OnlyRepeats(match.Groups["name"].Value, match.Groups["text"].Value))
        .Select(match => $"{path}:{text[..match.Index].Count(c => c == '\n') + 1}: {match.Value}");

    private static bool OnlyRepeats(string name, string text)
    {
        var known = Words(name).SelectMany(word => new[] { word, word + "s", word.TrimEnd('s') }).ToHashSet();
        string[] said = [.. Words(text).Except(Fillers)];
        return said.Length > 0 && said.All(word => known.Contains(word) || known.Contains(word.TrimEnd('s')));
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex("<param name=\"(?<name>\\w+)\">(?<text>.*?)</param>", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")]
    private static partial Regex Word();
}
