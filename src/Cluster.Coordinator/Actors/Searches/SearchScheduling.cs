using SearchCluster.Search.Scheduling;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>The trial scheduler of one search: made once, because it keeps what it derived from the measurements it saw.</summary>
internal sealed class SearchScheduling
{
    private (SchedulerSpec? Spec, ITrialScheduler Scheduler)? _current;

    /// <summary>Finds the scheduler.</summary>
    /// <param name="spec">The specification of the search, or the one of a submission that may be refused.</param>
    /// <returns>The scheduler of that specification; the same one as long as the specification is the same.</returns>
    public ITrialScheduler For(SearchSpec spec)
    {
        if (_current is not { } current || !ReferenceEquals(current.Spec, spec.Scheduler))
        {
            _current = current = (spec.Scheduler, TrialSchedulerCatalog.Create(spec));
        }

        return current.Scheduler;
    }
}
