namespace SearchCluster.Contracts.Specs;

/// <summary>What may separate the fields of a table, as people write it.</summary>
public static class TableSeparators
{
    /// <summary>The rule, for messages.</summary>
    public const string Rule =
        "one character such as , or ; or |, or one of the words comma, semicolon, tab, pipe, space (any run of blanks)";

    private static readonly (string Word, string Separator)[] Words = [
        ("comma", ","),
        ("semicolon", ";"),
        ("tab", "\t"),
        ("pipe", "|"),
        ("space", " "),
        ("\\t", "\t"),
    ];

    /// <summary>Reads a separator.</summary>
    /// <param name="text">A character, or its name.</param>
    /// <returns>One character; null when it cannot separate fields.</returns>
    public static string? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Array.Find(Words, known => known.Word == text) is { Separator: { } named } ? named
            : text.Length == 1
                && char.IsAscii(text[0])
                && !char.IsAsciiLetterOrDigit(text[0])
                && !"\"'.-+\r\n\0".Contains(text[0], StringComparison.Ordinal) ? text
            : null;
    }

    /// <summary>Names a separator for people.</summary>
    /// <param name="separator">One character.</param>
    /// <returns>The character in quotes, or the name of a blank one.</returns>
    public static string Describe(string separator) => separator switch { "\t" => "tab", " " => "blanks", _ => $"'{separator}'" };
}
