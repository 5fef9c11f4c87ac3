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
            else if (command.Lease.Item.MemberNumber is { } member)
            {
                MemberDecisions.Release(draft, member, command.Lease.Fence, seq: 0);
            }
            else
            {
                EnsembleDecisions.Release(draft, lease, seq: 0);
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
                AttemptEnds.Fail(draft, new EndingAttempt(lease, draft.State.Trials[id.Number], 0), failure, AttemptEnd.Lost, loss);
            }
            else if (command.Lease.Item.MemberNumber is { } member)
            {
                MemberDecisions.Fail(draft, member, command.Lease.Fence, failure, seq: 0, loss);
            }
            else
            {
                EnsembleDecisions.Fail(draft, lease, failure, seq: 0, loss);
            }
        }

        return Replies.None;
    }
}
