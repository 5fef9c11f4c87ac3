using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Reports;

/// <summary>Tells each warning of a search once while it is followed, and knows afterwards which ones were told.</summary>
public sealed class WarningTeller(Action<string> tell)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _hasToldOthers;

    /// <summary>Tells what is new.</summary>
    public void Tell(SearchDetail detail)
    {
        foreach (var line in (detail.Warnings ?? []).Select(WarningText.Line).Where(_told.Add))
        {
            tell(line);
        }

        if (!_hasToldOthers && WarningText.Others(detail) is { } others)
        {
            _hasToldOthers = true;
            tell(others);
        }
    }

    /// <summary>What a report has to add: nothing when the warnings were told, else all of them.</summary>
    public IReadOnlyList<string> Untold(SearchDetail detail) => _told.Count == 0 && !_hasToldOthers ? [.. WarningText.Lines(detail)] : [];
}
