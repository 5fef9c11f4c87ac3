namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Checks that a report belongs to a current lease and comes in order.</summary>
internal static class ReportChecks
{
    /// <summary>Answers a report that changes nothing.</summary>
    /// <returns>The reply, or null when the report is the next one of a current lease.</returns>
    public static IWithSearchId? Refuse(SearchState state, LeaseKey key, long seq)
    {
        if (!TryGetLease(state, key, out var lease))
        {
            return IsRepeated(state, key, seq, out var last)
                ? new WorkerProtocol.ReportAccepted(key, last)
                : new WorkerProtocol.StaleLease(key, $"Lease {key} is not current; drop the attempt and its reports.");
        }

        if (seq <= lease.LastSeq)
        {
            return new WorkerProtocol.ReportAccepted(key, lease.LastSeq, lease.Decision);
        }

        return seq > lease.LastSeq + 1 ? new WorkerProtocol.ResendReports(key, lease.LastSeq + 1) : null;
    }

    public static bool TryGetLease(
        SearchState state, LeaseKey key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LeaseRecord? lease) =>
        state.Leases.TryGetValue(key.Fence, out lease) && lease.Key == key;

    private static bool IsRepeated(SearchState state, LeaseKey key, long seq, out long last)
    {
        var ended = key.Item.TrialId is { } id
            ? id.Number < state.Trials.Count ? state.Trials[id.Number].Ended : null
            : key.Item.MemberNumber is { } member ? state.Ensemble.Member(member).Ended
            : state.Ensemble.Ended;
        last = ended?.Seq ?? 0;
        return ended is not null && ended.Fence == key.Fence && seq <= last;
    }
}
