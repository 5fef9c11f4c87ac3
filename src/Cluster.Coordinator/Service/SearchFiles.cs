using SearchCluster.Artifacts;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Coordinator.Service;

/// <summary>The files that a search leaves in the state folder, and in the store of artifacts.</summary>
internal static class SearchFiles
{
    /// <summary>Removes them; those that are gone already are no failure. A link is removed, never what it points to.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="store">The artifacts, there or elsewhere.</param>
    /// <param name="search">Name of the search whose files go.</param>
    /// <param name="traceId">The trace of its spans, or null.</param>
    /// <returns>When removed.</returns>
    public static Task RemoveAsync(StateFolder state, IArtifactStore store, SearchId search, string? traceId) => Task.Run(async () =>
    {
        await store.RemoveAsync(search);

        // The spec lies there for people, wherever artifacts are.
        await new FolderArtifactStore(state.SharedRoot).RemoveAsync(search);
        if (traceId is not null)
        {
            TraceEraser.Erase(state, traceId);
        }
    });
}
