using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>Names one search; unique in a cluster and safe as a folder name, a URL segment and a persistence id.</summary>
[JsonConverter(typeof(SearchIdJsonConverter))]
public readonly record struct SearchId : IComparable<SearchId>
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 63;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "1 to 63 of a-z, 0-9 and '-', starting with a letter or digit, and no reserved device name";

    private static readonly string[] Reserved =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    /// <summary>Checks and wraps a name.</summary>
    /// <param name="value">The name, see <see cref="Rule"/>.</param>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public SearchId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"\"{value}\" is not a search name; use {Rule}.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The bare name.</summary>
    public string Value { get; }

    /// <summary>Tells whether a text is a search name.</summary>
    /// <param name="value">Any text.</param>
    /// <returns>True when it follows <see cref="Rule"/>.</returns>
    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: >= 1 and <= MaximumLength }
        && value[0] != '-'
        && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
        && !Reserved.Contains(value);

    /// <inheritdoc />
    public int CompareTo(SearchId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Writes a <see cref="SearchId"/> as a JSON string.</summary>
public sealed class SearchIdJsonConverter() : IdentifierJsonConverter<SearchId>(text => new SearchId(text));
