namespace SearchCluster.Contracts.Api;

/// <summary>Everything a user does with searches; implemented in the coordinator's process and over its HTTP API.</summary>
/// <remarks>Each method throws <see cref="SearchServiceException"/> when the request is refused or the coordinator cannot answer.</remarks>
public interface ISearchService
{
    /// <summary>Validates a spec file and starts the search; returns once it is in the journal.</summary>
    /// <param name="request">The file.</param>
    /// <param name="cancellationToken">Gives up waiting; the search may have been accepted all the same.</param>
    /// <returns>The search, with the name it got.</returns>
    Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken);

    /// <summary>Lists all searches.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Oldest first.</returns>
    Task<SearchList> ListAsync(CancellationToken cancellationToken);

    /// <summary>Looks at one search.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where it stands.</returns>
    Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken);

    /// <summary>Reads a page of trials.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken);

    /// <summary>Reads the spec of a search.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>As written and as understood.</returns>
    Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken);

    /// <summary>Reads a page of the spans of a search's trace.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Of the spans kept in the state folder.</returns>
    Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken);

    /// <summary>Pauses a search.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where it stands now.</returns>
    Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken);

    /// <summary>Lets a paused search go on, or extends one.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="request">What to add.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where it stands now.</returns>
    Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a search another priority.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where it stands now.</returns>
    Task<SearchReplies.CommandAccepted> PrioritiseAsync(SearchId search, PriorityRequest request, CancellationToken cancellationToken);

    /// <summary>Ends a search.</summary>
    /// <param name="search">Its name; an unknown one is refused.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Where it stands now.</returns>
    Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken);

    /// <summary>Removes a search with its events, models and traces; returns once they are gone and the name is free.</summary>
    /// <param name="search">Its name; one that is gone already is no failure.</param>
    /// <param name="cancellationToken">Gives up waiting; what was begun is finished all the same.</param>
    /// <returns>Whether it was there.</returns>
    Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken);

    /// <summary>Looks at the cluster.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Coordinator and workers.</returns>
    Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken);

    /// <summary>Has a worker take no more work; returns once the worker has said so. What it runs goes on or is given back.</summary>
    /// <param name="worker">Its name, as <see cref="GetClusterAsync"/> tells.</param>
    /// <param name="request">What becomes of its trials.</param>
    /// <param name="cancellationToken">Gives up waiting; the worker may do it all the same.</param>
    /// <returns>The worker, with the leases that it still holds.</returns>
    Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken);

    /// <summary>Has a drained worker take work again; returns once the worker has said so.</summary>
    /// <param name="worker">Its name, as <see cref="GetClusterAsync"/> tells.</param>
    /// <param name="cancellationToken">Gives up waiting; the worker may do it all the same.</param>
    /// <returns>The worker.</returns>
    Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken);
}

/// <summary>A request was refused, or the coordinator could not answer; carries what HTTP would carry.</summary>
/// <param name="problem">What went wrong, for people and programs.</param>
public sealed class SearchServiceException(ApiProblem problem) : Exception(problem.Detail ?? problem.Title)
{
    /// <summary>What went wrong.</summary>
    public ApiProblem Problem { get; } = problem;
}
