namespace SearchCluster.Search.State.Evolution;

/// <summary>The journal holds an event that this version does not know; recovery stops rather than skip it.</summary>
public sealed class UnknownEventException(ISearchEvent searchEvent)
    : Exception($"Search '{searchEvent.SearchId}' has an event of type {searchEvent.GetType().Name}, which this version does not know; run "
        + $"the version that wrote it, or a later one.");
