using System.Text;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads <c>version</c>, <c>name</c> and <c>seed</c>.</summary>
internal static class HeaderBinder
{
    private const ulong LargestSeed = (1UL << 53) - 1;

    /// <summary>Checks the format version, before anything else: a file of the future has other rules.</summary>
    /// <param name="problems">Gets the problem.</param>
    /// <param name="root">The file.</param>
    /// <returns>False when the file is of another version.</returns>
    public static bool IsVersionRight(ProblemList problems, MappingNode root)
    {
        if (root.Find("version") is not { } entry)
        {
            problems.Error(
                SpecCodes.Version,
                root.At,
                "version",
                "version is required; it must be the number 1",
                "write version: 1 as the first line");
            return false;
        }

        var value = entry.Value is ScalarNode scalar ? Scalars.Classify(scalar) : default;
        if (value is { Kind: ScalarKind.Integer, Whole: 1 })
        {
            return true;
        }

        if (value is { Kind: ScalarKind.Integer, Whole: > 1 })
        {
            var release = typeof(HeaderBinder).Assembly.GetName().Version!.ToString(3);
            problems.Error(
                SpecCodes.Version,
                entry.Value.At,
                "version",
                $"the file is written for format {value.Whole}; this is SearchCluster {release}, which reads 1",
                "upgrade the tool");
        }
        else
        {
            problems.Error(
                SpecCodes.Version,
                entry.Value.At,
                "version",
                $"version {Section.Describe(entry.Value)}, but must be the number 1",
                "write version: 1, without quotes or a point");
        }

        return false;
    }

    /// <summary>Reads the name.</summary>
    /// <param name="root">The file.</param>
    /// <returns>Null after a problem.</returns>
    public static SearchId? BindName(Section root)
    {
        if (root.Find("name") is not { } entry)
        {
            root.Missing(SpecCodes.Name, "name", $"name is required: {SearchId.Rule}", "for example name: digits-mlp");
            return null;
        }

        if (entry.Value is ScalarNode scalar
            && (scalar.Style != ScalarStyle.Plain || Scalars.Classify(scalar).Kind == ScalarKind.Text)
            && SearchId.IsValid(scalar.Text))
        {
            return new SearchId(scalar.Text);
        }

        var text = (entry.Value as ScalarNode)?.Text ?? "";
        var length = text.Length > SearchId.MaximumLength ? $" ({text.Length} characters)" : "";
        root.Error(
            SpecCodes.Name,
            entry.Value.At,
            "name",
            $"name {Section.Describe(entry.Value)}{length}, but must be {SearchId.Rule}",
            $"for example name: {Slug(text)}");
        return null;
    }

    /// <summary>Reads the seed.</summary>
    /// <param name="root">The file.</param>
    /// <returns>0 when absent.</returns>
    public static ulong BindSeed(Section root) => (ulong)(root.Whole("seed", 0, (long)LargestSeed, SpecCodes.Seed) ?? 0);

    /// <summary>Makes a name of any text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>A valid name.</returns>
    internal static string Slug(string text)
    {
        var builder = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                builder.Append(c);
            }
            else if (builder.Length > 0 && builder[^1] != '-')
            {
                builder.Append('-');
            }
        }

        var slug = builder.ToString(0, Math.Min(builder.Length, SearchId.MaximumLength - 7)).TrimEnd('-');
        if (slug.Length > 0 && char.IsAsciiDigit(slug[0]) && slug.All(char.IsAsciiDigit))
        {
            slug = "search-" + slug;
        }

        return SearchId.IsValid(slug) ? slug : slug.Length == 0 ? "my-search" : slug + "-search";
    }
}
