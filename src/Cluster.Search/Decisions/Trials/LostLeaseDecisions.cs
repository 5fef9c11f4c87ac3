using SearchCluster.Search.Decisions.Ensembles;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides about leases that end without a report: given back, or expired.</summary>
internal static class LostLeaseDecisions
{
    public static Func<SearchState, IWithSearchId?> Release(DecisionDraft draft, SearchCommands.ReleaseLease command)
    {
        if (ReportChecks.TryGetLease(draft.State, command.Lease, out var lease))
        {
            if (command.Lease.Item.TrialId is { } id)
            {
                AttemptEnds.Halt(draft, new EndingAttempt(lease, draft.State.Trials[id.Number], 0), command.Resource, result: null);
            }
            else
            {
                WholeWork.Release(draft, lease, seq: 0);
            }
        }

        return Replies.None;
    }

    public static Func<SearchState, IWithSearchId?> Expire(DecisionDraft draft, SearchCommands.ExpireLease command)
    {
        if (ReportChecks.TryGetLease(draft.State, command.Lease, out var lease))
        {
            var loss = LostWorkers.Of(lease, command);
            var failure = LostWorkers.Failure(command, loss);
            if (command.Lease.Item.TrialId is { } id)
            {
                AttemptEnds.Fail(draft, new EndingAttempt(lease, draft.State.Trials[id.Number], 0), failure, loss);
            }
            else
            {
                WholeWork.Of(command.Lease.Item).Fail(draft, lease, seq: 0, failure, loss);
            }
        }

        return Replies.None;
    }
}
