namespace SearchCluster.Models.Data.Tables.Columns;

/// <summary>Texts by which programs say that a field has no value. They are recognised to give advice; what is
/// empty is said by data.missingTexts.</summary>
internal static class MissingTexts
{
    private static readonly HashSet<string> Usual = new(
        [
            "",
            "?",
            "NA",
            "N/A",
            "n/a",
            "na",
            "#N/A",
            "<NA>",
            "NaN",
            "nan",
            "NAN",
            "-nan",
            "NULL",
            "null",
            "None",
            "NONE",
            "none",
            "-",
            "--",
            ".",
            "..",
            "missing",
            "Missing",
            "NaT",
        ],
        StringComparer.Ordinal);

    // Words that may as well be an answer of their own.
    private static readonly HashSet<string> Doubtful = new(
        ["None", "NONE", "none", "-", "--", ".", "..", "missing", "Missing", "na"], StringComparer.Ordinal);

    /// <summary>Tells whether a text usually means nothing, in a column of numbers.</summary>
    public static bool AreUsual(string text) => Usual.Contains(text);

    /// <summary>Tells whether a text means nothing also among other texts.</summary>
    public static bool AreCertain(string text) => Usual.Contains(text) && !Doubtful.Contains(text);
}
