namespace SearchCluster.Contracts.Searches;

/// <summary>Messages of the search manager, the cluster singleton above all searches.</summary>
public static class SearchManagerProtocol
{
    /// <summary>Written before a search's first own event, so that a restarted manager knows which searches to recover.</summary>
    public sealed record SearchRegistered(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>From here on there is no such search; written before anything of it is removed, so that a
    /// restarted manager goes on removing.</summary>
    /// <param name="SearchId">Name of the deleted search; it is free once everything is gone.</param>
    /// <param name="At">When.</param>
    /// <param name="TraceId">W3C trace id of its spans; null when tracing was off, or the search could not be read.</param>
    public sealed record SearchDeleted(SearchId SearchId, DateTimeOffset At, string? TraceId = null) : ISearchEvent;

    /// <summary>Events, snapshots and files of a deleted search are gone; its name is free.</summary>
    public sealed record SearchErased(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>Asks for <see cref="Api.SearchList"/>.</summary>
    public sealed record ListSearches;

    /// <summary>Asks for <see cref="Api.ClusterView"/>.</summary>
    public sealed record GetCluster;

    /// <summary>Has a worker take no more work, or work again; answered by <see cref="Api.DrainAnswer"/> once the worker has said that it
    /// does.</summary>
    /// <param name="WorkerId">Who; it must be connected.</param>
    /// <param name="IsDrained">True to take no more work.</param>
    /// <param name="GiveBack">True to give back what runs, instead of finishing it.</param>
    public sealed record DrainWorker(WorkerId WorkerId, bool IsDrained, bool GiveBack = false) : IWithWorkerId;

    /// <summary>Asks for <see cref="ManagerReady"/>; answered once the manager and every search have recovered.</summary>
    public sealed record GetReadiness;

    /// <summary>Recovery is complete.</summary>
    /// <param name="Searches">How many searches were recovered.</param>
    public sealed record ManagerReady(int Searches);
}
