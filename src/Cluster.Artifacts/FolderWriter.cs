using System.Globalization;

namespace SearchCluster.Artifacts;

/// <summary>Writes into a folder store for one attempt, as long as no later one has begun.</summary>
/// <param name="store">Where the files go.</param>
/// <param name="lease">The attempt's lease.</param>
/// <param name="held">Its right to write.</param>
internal sealed class FolderWriter(FolderArtifactStore store, LeaseKey lease, FolderLease held) : IArtifactWriter
{
    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            store.Write(path, write, durability, held.Folder);
        }
        catch (Exception failure) when (failure is IOException && !held.IsHeld)
        {
            throw Superseded(lease, failure);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The refusal of an attempt that is not the last one of its item.</summary>
    public static ArtifactException Superseded(LeaseKey lease, Exception? cause = null) => new(
        ModelCodes.Superseded,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Attempt {lease.Attempt} of {lease.Item} of search {lease.SearchId} writes nothing any more: "
                + $"a later attempt has begun, or the search was deleted. Nothing was changed."),
        cause);
}
