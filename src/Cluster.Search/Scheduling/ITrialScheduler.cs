namespace SearchCluster.Search.Scheduling;

/// <summary>Decides which running trials go on, and what a free slot does next.</summary>
/// <remarks>
/// It sees an immutable view and returns decisions with a reason; it never reaches workers. The view of <see cref="OnMeasurement"/>
/// contains the measurement already. A trial that it pauses keeps its checkpoint and holds no slot until it is promoted; trials that
/// are still paused when nothing else is left to do end with their best result. Whether a trial pauses depends
/// on its own curve alone, which reproducible searches count on; whether it stops may depend on others.
/// One scheduler serves one search and may keep what it derived from earlier views. That must be a function of the view alone: one made
/// anew, as after a restart of the coordinator, decides the same. It is shown every measurement that the view counts, also of trials
/// that must end anyway; its answer about those is dropped. Both members run inside the search's decisions, so they cost far less
/// than a scan of all trials.
/// </remarks>
public interface ITrialScheduler
{
    /// <summary>Its name in a specification.</summary>
    string Name { get; }

    /// <summary>Judges a running trial after a new measurement.</summary>
    /// <param name="view">The search, the measurement included.</param>
    /// <param name="trial">Number of the trial that was measured.</param>
    /// <param name="measurement">The measurement; resource levels of a trial only grow.</param>
    /// <returns>What happens to the trial, and why.</returns>
    SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement);

    /// <summary>Chooses what a free slot does.</summary>
    /// <param name="view">The search.</param>
    /// <returns>Start a new trial, promote a paused one, or wait.</returns>
    NextAction Next(SearchView view);
}

/// <summary>What a free slot does next.</summary>
public abstract record NextAction
{
    private protected NextAction()
    {
    }

    /// <summary>Starts the next waiting trial and trains it to its end.</summary>
    public static NextAction Start { get; } = new StartNewTrial();
}

/// <summary>Start the next new trial.</summary>
/// <param name="UntilResource">Resource level at which it pauses; null to train to its end.</param>
public sealed record StartNewTrial(int? UntilResource = null) : NextAction;

/// <summary>Let a paused trial go on.</summary>
/// <param name="Trial">The paused trial.</param>
/// <param name="UntilResource">Resource level at which it pauses again; null to train to its end.</param>
/// <param name="CheckpointOf">Start from another trial's checkpoint (population based training); null for its own.</param>
/// <param name="Reason">Why.</param>
/// <param name="Values">New values of the trial (population based training); null for unchanged ones.</param>
public sealed record PromoteTrial(
    TrialId Trial, int? UntilResource, TrialId? CheckpointOf, DecisionReason Reason, ParameterValues? Values = null) : NextAction;

/// <summary>Leave the slot to other searches until something is reported.</summary>
/// <param name="Reason">Why.</param>
public sealed record WaitForReports(DecisionReason Reason) : NextAction;
