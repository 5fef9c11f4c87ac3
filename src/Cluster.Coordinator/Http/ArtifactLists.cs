using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Http;

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
        string path, FolderArtifactStore store, ArtifactHashes hashes, CancellationToken cancellation)
    {
        if (store.List(path) is not { } names)
        {
            return new(path, false, new([await OfAsync(path, ArtifactApiExtensions.Open(path, store), hashes, cancellation)]));
        }

        var files = new List<DataSetFile>();
        foreach (var name in names)
        {
            // It may be removed while the others are hashed.
            if (store.OpenRead($"{path}/{name}") is FileStream file)
            {
                files.Add(await OfAsync(name, file, hashes, cancellation));
            }
        }

        return new(path, true, files.ToValueArray());
    }

    private static async Task<DataSetFile> OfAsync(
        string path, FileStream file, ArtifactHashes hashes, CancellationToken cancellation)
    {
        await using (file)
        {
            return new(path[(path.LastIndexOf('/') + 1)..], file.Length, await hashes.OfAsync(file, cancellation));
        }
    }
}
