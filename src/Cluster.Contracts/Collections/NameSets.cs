using System.Collections.Concurrent;

namespace SearchCluster.Contracts.Collections;

/// <summary>Lets maps of the same names share one array of names.</summary>
/// <remarks>Only so many sets are remembered, so that hostile names cannot fill the memory; further ones are not shared.</remarks>
internal static class NameSets
{
    private const int Capacity = 1_024;

    private static readonly ConcurrentDictionary<string[], string[]> Known = new(new ByNames());

    /// <summary>Finds the shared array of some names.</summary>
    /// <param name="names">The names, in ordinal order; not changed any more.</param>
    /// <returns>An equal array.</returns>
    public static string[] Share(string[] names)
    {
        if (Known.TryGetValue(names, out var shared))
        {
            return shared;
        }

        return Known.Count < Capacity ? Known.GetOrAdd(names, names) : names;
    }

    private sealed class ByNames : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] names)
        {
            var hash = new HashCode();
            foreach (var name in names)
            {
                hash.Add(name, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
