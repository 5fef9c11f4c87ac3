using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides about reported measurements.</summary>
internal static class MeasurementDecisions
{
    public static Func<SearchState, IWithSearchId?> Report(DecisionDraft draft, SearchCommands.ReportMeasurement command)
    {
        if (ReportChecks.Refuse(draft.State, command.Lease, command.Seq) is { } refusal)
        {
            return Replies.Of(refusal);
        }

        if (command.Lease.Item.TrialId is not { } id)
        {
            return Replies.Of(new WorkerProtocol.StaleLease(
                command.Lease, "The ensemble and its members take no measurements; drop the attempt and its reports."));
        }

        if (OtherData.Find(draft.State, command.Measurement.Data) is { } failure)
        {
            return OutcomeDecisions.Report(draft, new(command.Lease, command.Seq, new AttemptFailed(failure), command.TraceParent));
        }

        var (fence, measurement) = (command.Lease.Fence, command.Measurement);
        if (measurement.Resource <= draft.State.Trials[id.Number].Resource || Rounds.IsDecided(draft.State, draft.State.Leases[fence]))
        {
            draft.Add(new SearchEvents.MeasurementIgnored(draft.SearchId, id, fence, command.Seq, measurement.Resource, draft.At));
        }
        else
        {
            draft.Add(new SearchEvents.MeasurementReported(
                draft.SearchId, id, fence, command.Seq, measurement, Judge(draft, command, id), draft.At));
        }

        return Replies.Of(new WorkerProtocol.ReportAccepted(command.Lease, command.Seq, draft.State.Leases[fence].Decision));
    }

    /// <summary>
    /// Asks the scheduler, which sees the measurement already. It sees every measurement, so that what it keeps is complete, but a trial
    /// that must end anyway is not judged again.
    /// </summary>
    private static SchedulingDecision? Judge(DecisionDraft draft, SearchCommands.ReportMeasurement command, TrialId id)
    {
        var reported = new SearchEvents.MeasurementReported(
            draft.SearchId, id, command.Lease.Fence, command.Seq, command.Measurement, null, draft.At);
        var view = SearchView.Of(SearchEvolver.Apply(draft.State, reported));
        var decision = draft.Context.Scheduler.OnMeasurement(view, id, command.Measurement);
        var isOver = draft.State.Leases[command.Lease.Fence].Decision is not null
            || draft.State.Trials[id.Number].IsStopped
            || draft.State.Lifecycle == SearchLifecycle.Finishing;
        return isOver || decision.Action == SchedulingAction.Continue ? null : decision;
    }
}
