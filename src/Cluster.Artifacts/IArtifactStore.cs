namespace SearchCluster.Artifacts;

/// <summary>Files of searches by relative path (see <see cref="ArtifactPaths"/>); all processes of a cluster share one store.</summary>
/// <remarks>
/// Implementations are thread-safe, and refuse every path that <see cref="ArtifactPath.Check"/> refuses.
/// Reading needs no lease. An attempt writes through
/// <see cref="BeginAsync"/> only; the store's own <see cref="IArtifactWriter.WriteAsync"/> is for a person's
/// command and for a coordinator, which need none.
/// </remarks>
public interface IArtifactStore : IArtifactWriter
{
    /// <summary>Opens an artifact.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A readable stream that the caller disposes, or null when there is no such artifact.</returns>
    ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default);

    /// <summary>Tells whether an artifact exists.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>True when it can be opened.</returns>
    ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default);

    /// <summary>Removes an artifact; nothing happens when there is none.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>When removed.</returns>
    ValueTask DeleteAsync(string path, CancellationToken cancellation = default);

    /// <summary>Removes all that a search has; an attempt of it that still runs writes nothing from then on.</summary>
    /// <param name="search">Name of the search whose files go.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>When removed; those that are gone already are no failure.</returns>
    ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default);

    /// <summary>Begins the writing of an attempt, and ends that of all earlier attempts of its item.</summary>
    /// <param name="lease">Its lease; the fence decides what is earlier.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// Writes for this attempt until a later one begins. From the moment this returns no earlier attempt
    /// changes anything, not even one that was frozen in the middle of a write; what it had written before can be read. The attempt that
    /// builds an ensemble comes after all attempts of its members.
    /// </returns>
    /// <exception cref="ArtifactException">SC4101: a later attempt has begun.</exception>
    ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default);
}
