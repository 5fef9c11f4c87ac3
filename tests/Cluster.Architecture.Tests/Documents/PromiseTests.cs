using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Documents;

/// <summary>The tables of <c>docs/promises.md</c> say which promises tests show.</summary>
public sealed partial class PromiseTests
{
    private const string Open = "## Not yet shown";

    [Fact]
    public void Every_promise_that_is_kept_has_a_test_and_every_promise_of_a_test_is_in_the_tables()
    {
        var document = RepositoryFiles.Text("docs/promises.md");
        var start = document.IndexOf(Open, StringComparison.Ordinal);
        var kept = Rows(document[..start]);
        var open = Rows(document[start..]);
        var carried = Directory.EnumerateFiles(RepositoryFiles.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Carried().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        kept.ShouldNotBeEmpty();
        kept.Concat(open).ShouldBeUnique();
        kept.Order(StringComparer.Ordinal).ShouldBe(carried);
    }

    private static List<string> Rows(string text) => [.. Row().Matches(text).Select(match => match.Groups["id"].Value)];

    [GeneratedRegex(@"^\| (?<id>[RS]\d\d) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""Trait\("Promise", "(?<id>[A-Z]\d+)"\)""")]
    private static partial Regex Carried();
}
