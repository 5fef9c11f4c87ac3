using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Reports;

/// <summary>Tells each warning of a search once while it is followed, and knows afterwards which ones were told.</summary>
/// <param name="tell">Takes a warning.</param>
/// <param name="before">The search before it went on, whose warnings were told then; null where nobody was told any.</param>
public sealed class WarningTeller(Action<string> tell, SearchDetail? before = null)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _hasToldOthers;

    /// <summary>Tells what is new.</summary>
    public void Tell(SearchDetail detail)
    {
        detail = New(detail);
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
    public IReadOnlyList<string> Untold(SearchDetail detail) =>
        _told.Count == 0 && !_hasToldOthers ? [.. WarningText.Lines(New(detail))] : [];

    /// <summary>The search without the warnings of before. One that started over tells them anew, so that the time counts too.</summary>
    public SearchDetail New(SearchDetail detail) => before is null ? detail : detail with
    {
        Warnings = detail.Warnings?.Where(warning => !WasTold(warning)).ToValueArray(),
        OtherWarnings = detail.OtherWarnings > before.OtherWarnings ? detail.OtherWarnings : 0,
    };

    private bool WasTold(WarningView warning) => before?.Warnings is { } told
        && told.Any(old => (old.Text, old.Code, old.FirstAt) == (warning.Text, warning.Code, warning.FirstAt));
}
