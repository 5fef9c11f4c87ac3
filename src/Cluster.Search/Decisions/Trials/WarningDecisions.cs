namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides about reported warnings.</summary>
internal static class WarningDecisions
{
    public static Func<SearchState, IWithSearchId?> Report(DecisionDraft draft, SearchCommands.ReportWarning command)
    {
        if (ReportChecks.Refuse(draft.State, command.Lease, command.Seq) is { } refusal)
        {
            return Replies.Of(refusal);
        }

        var fence = command.Lease.Fence;
        draft.Add(new SearchEvents.WarningReported(
            draft.SearchId, command.Lease.Item, fence, command.Seq, command.Warning.Normalised(), draft.At));
        return Replies.Of(new WorkerProtocol.ReportAccepted(command.Lease, command.Seq, draft.State.Leases[fence].Decision));
    }
}
