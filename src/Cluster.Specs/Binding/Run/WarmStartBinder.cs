using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding.Run;

/// <summary>Reads section <c>warmStart</c>.</summary>
internal static class WarmStartBinder
{
    /// <summary>Reads the section.</summary>
    /// <param name="root">The file.</param>
    /// <param name="name">The name of this search, or null when unknown.</param>
    /// <returns>Null when absent and after a problem.</returns>
    public static WarmStartSpec? Bind(Section root, SearchId? name)
    {
        if (root.Child("warmStart", SectionFields.WarmStart) is not { } section)
        {
            return null;
        }

        var top = (int?)section.Whole("top", 1, SpecLimits.WarmStart, SpecCodes.WarmStart);
        if (section.Find("from") is not { } from)
        {
            section.Missing(SpecCodes.Missing, "from", "from is required, the name of an earlier search", "for example from: digits");
            return null;
        }

        if (from.Value is not ScalarNode scalar || !SearchId.IsValid(scalar.Text))
        {
            section.Error(
                SpecCodes.WarmStart,
                from.Value.At,
                "from",
                $"from {Section.Describe(from.Value)}, but must be the name of a search: {SearchId.Rule}",
                "`searchcluster list` shows the searches");
            return null;
        }

        var earlier = new SearchId(scalar.Text);
        if (earlier == name)
        {
            section.Error(
                SpecCodes.WarmStart,
                scalar.At,
                "from",
                $"from is {earlier}, which is this search itself",
                "name an earlier search, or give this one another name");
        }

        return new WarmStartSpec(earlier, top);
    }
}
