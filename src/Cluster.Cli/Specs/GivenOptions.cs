namespace SearchCluster.Cli.Specs;

/// <summary>The spec and what was set on top of it, as words of a command line to copy.</summary>
internal static class GivenOptions
{
    private const string Plain = "-_./=:,+@%";

    /// <summary>Writes them.</summary>
    /// <param name="file">The spec.</param>
    /// <param name="options">Option and value, in order; those without a value are left out.</param>
    public static string Words(string file, IEnumerable<(string Option, string? Value)> options) =>
        string.Join(
            ' ',
            [Quoted(file), .. options.Where(given => given.Value is not null).Select(given => $"{given.Option} {Quoted(given.Value!)}")]);

    // As a POSIX shell reads it: nothing within single quotes has a meaning but the quote itself.
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{SafeText.Of(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
