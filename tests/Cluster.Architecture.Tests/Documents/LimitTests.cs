using System.Globalization;
using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Documents;

/// <summary>The table of <c>docs/limits.md</c> has every constant of the classes of limits, with its value.</summary>
[Trait("Promise", "S08")]
public sealed partial class LimitTests
{
    private static readonly string[] Classes =
    [
        "src/Cluster.Specs/Rules/SpecLimits.cs",
        "src/Cluster.Coordinator/Refusals/HttpLimits.cs",
        "src/Cluster.Coordinator/Actors/Workers/WorkerLimits.cs",
        "src/Cluster.Contracts/Work/ReportRules.cs",
    ];

    [Fact]
    public void Every_limit_is_documented_with_its_value()
    {
        var documented = new List<(string Class, string Name, long Value)>();
        var current = "";
        foreach (var match in Row().Matches(RepositoryFiles.Text("docs/limits.md")).AsEnumerable())
        {
            current = match.Groups["class"].Value is { Length: > 0 } named ? named : current;
            documented.Add((current, match.Groups["name"].Value, long.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));
        }

        documented.ShouldBe(Classes.SelectMany(Constants));
    }

    private static IEnumerable<(string Class, string Name, long Value)> Constants(string file)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var match in Constant().Matches(RepositoryFiles.Text(file)).AsEnumerable())
        {
            var value = match.Groups["value"].Value.Split('*', StringSplitOptions.TrimEntries)
                .Select(factor => values.TryGetValue(factor, out var known)
                    ? known
                    : long.Parse(factor.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
                .Aggregate((left, right) => left * right);
            values.Add(match.Groups["name"].Value, value);
            yield return (Path.GetFileNameWithoutExtension(file), match.Groups["name"].Value, value);
        }
    }

    [GeneratedRegex(@"^\| (`(?<class>\w+)`)? ?\| `(?<name>\w+)` \| (?<value>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"public const int (?<name>\w+) = (?<value>[^;]+);")]
    private static partial Regex Constant();
}
