using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>The stages of a coarse-to-fine search in one line each: <c>stage 2 from t0040: lr 0.0001 … 0.01,
/// 50.0 % of the data</c>.</summary>
public static class NarrowingText
{
    private const int MostItems = 4;

    public static IEnumerable<string> Lines(SearchDetail detail)
    {
        SpaceNarrowing? before = null;
        foreach (var narrowing in detail.Narrowings ?? [])
        {
            yield return Line(narrowing, before?.Space);
            before = narrowing;
        }
    }

    // The first stage searches the whole space and is no narrowing, so number 1 is the second one.
    private static string Line(SpaceNarrowing narrowing, SearchSpace? before)
    {
        var changed = narrowing.Space.Parameters.Where(parameter => before is null || !before.Parameters.Contains(parameter)).Select(Range);
        var data = narrowing.DataFraction < 1 ? $"{Format.Percent(narrowing.DataFraction)} of the data" : "all data";
        return $"stage {narrowing.Stage + 1} from {narrowing.FirstTrial}: {string.Join(", ", changed.Append(data))}";
    }

    private static string Range(ParameterSpec parameter)
    {
        var name = SafeText.Of(parameter.Name);
        return parameter.Domain switch
        {
            RealDomain reals => $"{name} {Format.Number(reals.Min)} … {Format.Number(reals.Max)}",
            IntegerDomain integers => $"{name} {integers.Min} … {integers.Max}",
            ItemDomain items when items.Items.Count > MostItems => $"{name} {items.Items.Count} values",
            ItemDomain items => $"{name} {string.Join('|', items.Items.Select(Format.Value))}",
            _ => $"{name} true|false",
        };
    }
}
