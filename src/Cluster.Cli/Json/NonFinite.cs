namespace SearchCluster.Cli.Json;

/// <summary>JSON has no NaN and no infinity: such a number is written as null, and named beside.</summary>
internal static class NonFinite
{
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    /// <summary>The numbers that are not finite, by name: <c>nan</c>, <c>+inf</c> or <c>-inf</c>; null when all are finite.</summary>
    public static SortedDictionary<string, string>? Names(IEnumerable<KeyValuePair<string, double?>> numbers)
    {
        SortedDictionary<string, string>? names = null;
        foreach (var (name, value) in numbers)
        {
            if (value is { } number && !double.IsFinite(number))
            {
                names ??= new(StringComparer.Ordinal);
                names[name] = double.IsNaN(number) ? "nan" : number > 0 ? "+inf" : "-inf";
            }
        }

        return names;
    }

    public static SortedDictionary<string, double?> Metrics(ValueMap<double> metrics) =>
        new(metrics.ToDictionary(e => e.Key, e => Finite(e.Value), StringComparer.Ordinal), StringComparer.Ordinal);
}
