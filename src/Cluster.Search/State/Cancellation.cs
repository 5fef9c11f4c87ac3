namespace SearchCluster.Search.State;

/// <summary>Tells which running attempts must end, and why.</summary>
internal static class Cancellation
{
    public static string? Of(SearchState state, LeaseRecord lease)
    {
        if (state.Lifecycle == SearchLifecycle.Paused)
        {
            return "The search was paused.";
        }

        if (state.Lifecycle == SearchLifecycle.Finishing && state.End!.Mode == StopMode.Now && lease.Key.Item.TrialId is not null)
        {
            return state.End.Explanation;
        }

        return lease.Decision is { } decision ? decision.Reason.Text : null;
    }
}
