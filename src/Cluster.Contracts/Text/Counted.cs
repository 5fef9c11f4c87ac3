using System.Globalization;

namespace SearchCluster.Contracts.Text;

/// <summary>Joins numbers and nouns: one search, 2 searches.</summary>
public static class Counted
{
    private static readonly string[] Hissing = ["s", "x", "z", "ch", "sh"];

    // Its end is a k.
    private const string Epoch = "epoch";

    /// <summary>A number with its noun.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun for one, for example <c>search</c>; a word before it may stand with it.</param>
    /// <returns>For example <c>1 search</c> or <c>2 searches</c>.</returns>
    public static string Of(long count, string noun)
    {
        ArgumentNullException.ThrowIfNull(noun);
        return $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? noun : Plural(noun))}";
    }

    /// <summary>The form of a noun for several.</summary>
    /// <returns>For example <c>searches</c>, <c>entries</c>, <c>trials</c>.</returns>
    public static string Plural(string noun)
    {
        ArgumentException.ThrowIfNullOrEmpty(noun);
        return !noun.EndsWith(Epoch, StringComparison.Ordinal) && Hissing.Any(end => noun.EndsWith(end, StringComparison.Ordinal))
            ? noun + "es"
            : noun.EndsWith('y') && noun.Length > 1 && !"aeiou".Contains(noun[^2], StringComparison.Ordinal) ? noun[..^1] + "ies"
            : noun + "s";
    }
}
