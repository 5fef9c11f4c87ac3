namespace SearchCluster.Contracts.Wire;

/// <summary>JSON has no NaN and no infinity: such a number is written as null, and named beside.</summary>
public static class NonFiniteNumbers
{
    private const string NaN = "nan";
    private const string Infinity = "+inf";
    private const string MinusInfinity = "-inf";

    /// <summary>The numbers that are not finite, by name: <c>nan</c>, <c>+inf</c> or <c>-inf</c>; null when all are finite.</summary>
    /// <param name="numbers">Numbers with their names.</param>
    /// <returns>A word for each that is not finite.</returns>
    public static SortedDictionary<string, string>? Names(IEnumerable<KeyValuePair<string, double?>> numbers)
    {
        SortedDictionary<string, string>? names = null;
        foreach (var (name, value) in numbers)
        {
            if (value is { } number && !double.IsFinite(number))
            {
                names ??= new(StringComparer.Ordinal);
                names[name] = double.IsNaN(number) ? NaN : number > 0 ? Infinity : MinusInfinity;
            }
        }

        return names;
    }

    /// <summary>The number that a word stands for.</summary>
    /// <param name="word"><c>nan</c>, <c>+inf</c> or <c>-inf</c>.</param>
    /// <returns>The number; null for another word.</returns>
    public static double? Of(string? word) => word switch
    {
        NaN => double.NaN,
        Infinity => double.PositiveInfinity,
        MinusInfinity => double.NegativeInfinity,
        _ => null,
    };
}
