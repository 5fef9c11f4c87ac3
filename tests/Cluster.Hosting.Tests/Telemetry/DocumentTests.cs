using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

/// <summary><c>docs/telemetry.md</c> lists what the code has: no more, no less.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void All_spans_are_listed() =>
        Rows("Spans").Select(row => row[0]).ShouldBe(
            typeof(SpanNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
            ignoreOrder: true);

    [Fact]
    public void All_instruments_are_listed_with_kind_and_unit() =>
        Rows("Instruments")
            .Select(row => (row[0], row[1], row[2]))
            .ShouldBe(Instruments().Select(i => (i.Name, Kind(i), i.Unit!)), ignoreOrder: true);

    [Fact]
    public void Tags_of_the_list_are_those_of_the_code()
    {
        var known = typeof(SearchClusterMetrics).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => ((string)field.GetRawConstantValue()!)["searchcluster.".Length..]);

        Rows("Instruments").SelectMany(row => row[3].Split(", ")).Where(tag => tag != "–").Distinct().ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public void Every_instrument_has_a_description() =>
        Instruments().ShouldAllBe(instrument => !string.IsNullOrEmpty(instrument.Description));

    private static IEnumerable<Instrument> Instruments() =>
        typeof(SearchClusterMetrics).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<Instrument>();

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();

    private static IEnumerable<string[]> Rows(string section, [CallerFilePath] string thisFile = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "telemetry.md"));
        var part = text.Split("\n## ").Single(part => part.StartsWith(section + "\n", StringComparison.Ordinal));
        return part
            .Split('\n')
            .Where(line => TableRow().IsMatch(line))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());
    }

    [GeneratedRegex(@"^\| `[^`]+` \|")]
    private static partial Regex TableRow();
}
