using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Http.Content;

/// <summary>Which files a model or an ensemble has, with their hashes: whoever has some of them fetches only the others.</summary>
internal static class ArtifactLists
{
    /// <summary>Lists an artifact, or those that lie directly in a folder.</summary>
    /// <param name="path">A checked path.</param>
    /// <param name="store">Where they lie.</param>
    /// <param name="hashes">Remember what was hashed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArtifactException">SC4103: there is neither.</exception>
    public static async Task<ArtifactList> OfAsync(
        string path, IServedStore store, ArtifactHashes hashes, CancellationToken cancellation)
    {
        if (await store.ListAsync(path, cancellation) is not { } names)
        {
            var alone = await ArtifactApiExtensions.FindAsync(path, store, cancellation);
            return new(path, false, new([await OfAsync(path, alone, hashes, cancellation)]));
        }

        var files = new List<DataSetFile>();
        foreach (var name in names)
        {
            // It may be removed while the others are hashed.
            if (await store.FindAsync($"{path}/{name}", cancellation) is { } found)
            {
                files.Add(await OfAsync(name, found, hashes, cancellation));
            }
        }

        return new(path, true, files.ToValueArray());
    }

    private static async Task<DataSetFile> OfAsync(
        string path, ServedContent found, ArtifactHashes hashes, CancellationToken cancellation)
    {
        await using (found.Content)
        {
            return new(
                path[(path.LastIndexOf('/') + 1)..],
                found.Bytes,
                found.Sha256 ?? await hashes.OfAsync((FileStream)found.Content, cancellation));
        }
    }
}
