using System.Text.RegularExpressions;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data.Images;

/// <summary>Takes the group of an image from its path, by a pattern with one pair of brackets.</summary>
internal static class ImageGroups
{
    /// <summary>Groups images.</summary>
    /// <param name="name">The data, for messages.</param>
    /// <param name="paths">Path of each image; null where images are no files.</param>
    /// <param name="pattern">A regular expression, for example <c>(patient[0-9]+)_</c>; null for no groups.</param>
    /// <exception cref="DataException">SC3252: no pattern, or a path that it does not fit.</exception>
    public static RowGroups? Of(string name, ValueArray<string>? paths, string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        if (paths is null)
        {
            throw new DataException(
                DataCodes.NoGroup,
                $"{name}: data.split.groupBy takes the group of an image from the path of its file, but these images are no files; remove "
                    + $"it.");
        }

        var expression = Compile(name, pattern);
        return RowGroups.By(
            $"pattern '{DisplayText.Shorten(pattern)}'",
            [.. paths.Select(path => expression.Match(path) is { Success: true } match && match.Groups[1].Success
                ? match.Groups[1].Value
                : throw new DataException(
                    DataCodes.NoGroup,
                    $"{name}: the path {DisplayText.ShortenPath(path)} does not fit the pattern '{DisplayText.Shorten(pattern)}' of "
                        + $"data.split.groupBy, so that its group is not known; correct the pattern."))]);
    }

    private static Regex Compile(string name, string pattern)
    {
        try
        {
            // Without backtracking a match takes time in proportion to its path; a time limit would only fail it on a busy machine.
            var expression = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return expression.GetGroupNumbers().Length == 2
                ? expression
                : throw new DataException(
                    DataCodes.NoGroup,
                    $"{name}: the pattern '{DisplayText.Shorten(pattern)}' of data.split.groupBy has "
                        + $"{expression.GetGroupNumbers().Length - 1} pair(s) of brackets, but needs one about the name of the group, for "
                        + $"example (patient[0-9]+)_.");
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            throw new DataException(
                DataCodes.NoGroup,
                $"{name}: the pattern '{DisplayText.Shorten(pattern)}' of data.split.groupBy cannot be used: {refused.Message}",
                refused);
        }
    }
}
