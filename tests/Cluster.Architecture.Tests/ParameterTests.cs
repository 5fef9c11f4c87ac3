using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>Above ten parameters nobody sees which value goes where: such a type has properties that are named where it is made.</summary>
public sealed class ParameterTests
{
    private const int Most = 10;

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
}
