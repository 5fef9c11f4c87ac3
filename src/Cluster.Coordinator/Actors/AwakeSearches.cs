using System.Collections.Concurrent;

namespace SearchCluster.Coordinator.Actors;

/// <summary>The searches that somebody submitted or resumed since this coordinator started, where interrupted ones wait for that.</summary>
/// <remarks>It outlives the actors: one that its journal stopped goes on by itself when it is started again.</remarks>
internal sealed class AwakeSearches
{
    private readonly ConcurrentDictionary<SearchId, bool> _searches = new();

    /// <summary>Notes that a search is to go on, now and whenever its actor starts again.</summary>
    /// <param name="search">Submitted or resumed.</param>
    public void Add(SearchId search) => _searches[search] = true;

    /// <summary>Tells whether somebody wants the search to go on.</summary>
    /// <param name="search">Any search of the folder.</param>
    public bool Contains(SearchId search) => _searches.ContainsKey(search);
}
