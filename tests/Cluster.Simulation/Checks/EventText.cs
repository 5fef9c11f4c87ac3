namespace SearchCluster.Simulation.Checks;

/// <summary>Events in a trace.</summary>
internal static class EventText
{
    public static string Of(ISearchEvent e) => e switch
    {
        SearchEvents.TrialSuggested s => $"TrialSuggested {s.TrialId}",
        SearchEvents.AttemptStarted s => $"AttemptStarted {s.Item} fence {s.Fence} on {s.Incarnation}{(s.Alone ? " alone" : "")}",
        SearchEvents.MeasurementReported m => $"MeasurementReported trial {m.TrialId} fence {m.Fence} seq {m.Seq}",
        SearchEvents.MeasurementIgnored m => $"MeasurementIgnored trial {m.TrialId} fence {m.Fence} seq {m.Seq}",
        SearchEvents.AttemptEnded a => $"AttemptEnded {a.Item} fence {a.Fence} {a.End} {a.Failure?.Message}",
        SearchEvents.TrialFinished f => $"TrialFinished {f.TrialId} fence {f.Fence} seq {f.Seq} {f.State}",
        _ => e.GetType().Name,
    };
}
