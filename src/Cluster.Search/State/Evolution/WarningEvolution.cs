namespace SearchCluster.Search.State.Evolution;

/// <summary>What a warning changes: each text is kept once with a count, and only so many of them.</summary>
internal static class WarningEvolution
{
    /// <summary>Different texts that are kept; what comes beyond is counted only, so that no workload fills the state.</summary>
    public const int MaximumKept = 50;

    public static SearchState Reported(SearchState state, SearchEvents.WarningReported e)
    {
        // A warning of the search itself comes without a report.
        state = e.Seq == 0 ? state : state with { Leases = state.Leases.SetItem(e.Fence, state.Leases[e.Fence] with { LastSeq = e.Seq }) };
        var known = state.Warnings.FindIndex(warning => warning.Text == e.Warning.Text && warning.Code == e.Warning.Code);
        if (known >= 0)
        {
            var warning = state.Warnings[known];
            return state with { Warnings = state.Warnings.SetItem(known, warning with { Count = warning.Count + 1, LastAt = e.At }) };
        }

        return state.Warnings.Count < MaximumKept
            ? state with { Warnings = state.Warnings.Add(new WarningView(e.Warning.Text, e.Warning.Code, 1, e.Item, e.At, e.At)) }
            : state with { OtherWarnings = state.OtherWarnings + 1 };
    }
}
