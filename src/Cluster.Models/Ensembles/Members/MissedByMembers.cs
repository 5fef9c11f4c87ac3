using System.Globalization;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>Counts the members whose rows lack a class or a category that the training part has: what such a member says of rows that have
/// it is a guess.</summary>
/// <remarks>They keep their votes: which rows a member lacks is chance, the others have them, and a bootstrap that is forced to hold
/// each category is none.</remarks>
internal sealed class MissedByMembers(DataSet all)
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private int _members;
    private int _missing;

    /// <summary>Looks at the rows of a member.</summary>
    public void Add(DataSet learned)
    {
        _members++;
        var missing = ShareCoverage.Missing(all, learned);
        _missing += missing.Count > 0 ? 1 : 0;
        _names.UnionWith(missing);
    }

    /// <summary>A sentence for the card with a blank before it; empty where no member lacks anything.</summary>
    public override string ToString() => _missing == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" {_missing} of {_members} members learned from no row of one or more of {_names.Count} classes and categories, so that what they "
            + $"say of such rows is a guess: {ShareCoverage.List([.. _names])}.");
}
