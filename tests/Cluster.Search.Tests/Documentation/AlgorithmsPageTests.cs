using System.Globalization;
using System.Runtime.CompilerServices;

namespace SearchCluster.Search.Tests.Documentation;

/// <summary>docs/algorithms.md lists every algorithm, scheduler and option there is, with its default and range.</summary>
public sealed class AlgorithmsPageTests
{
    private static readonly Lazy<string> Page = new(
        () => File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "algorithms.md")));

    private static readonly AlgorithmDescriptor[] Entries = [.. SamplerCatalog.Descriptors, .. TrialSchedulerCatalog.Descriptors];

    public static TheoryData<string> Names { get; } = [.. Entries.Select(entry => entry.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lists_each_entry_with_its_options(string name)
    {
        foreach (var entry in Entries.Where(entry => entry.Name == name))
        {
            Page.Value.ShouldContain($"`{entry.Name}`", Case.Sensitive);
            var rows = entry.Options.Select(option => Row(entry, option)).ToArray();
            rows.Where(row => !Page.Value.Contains(row, StringComparison.Ordinal))
                .ShouldBeEmpty($"The rows of {name} are:\n{string.Join('\n', rows)}");
        }
    }

    private static string Row(AlgorithmDescriptor entry, HyperparameterDescriptor option) =>
        $"| `{entry.Name}` | `{option.Name}` | {option.Default?.ToString() ?? "–"} | {Range(option.Domain)} | {option.Description} |";

    private static string Range(ParameterDomain domain) => domain switch
    {
        IntegerDomain whole => string.Create(CultureInfo.InvariantCulture, $"{whole.Min} … {whole.Max}"),
        RealDomain real => string.Create(CultureInfo.InvariantCulture, $"{real.Min:R} … {real.Max:R}"),
        ItemDomain items => string.Join(", ", items.Items),
        _ => "true, false",
    };

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
