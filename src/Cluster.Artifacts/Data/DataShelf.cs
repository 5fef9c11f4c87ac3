using System.Collections.Concurrent;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Data;

/// <summary>Hands out the data sets of a state folder, as they were registered. Thread-safe.</summary>
/// <remarks>Who asks names a data set and a hash, never a path.</remarks>
/// <param name="catalog">Where they are.</param>
public sealed class DataShelf(DataCatalog catalog)
{
    // A folder of images has as many questions as files.
    private readonly ConcurrentDictionary<string, Listed> _lists = new(StringComparer.Ordinal);

    /// <summary>Describes a data set with all of its files.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArtifactException">SC3014: there is none; SC3015: its registration is damaged; SC3000: a file is gone; SC3312: a
    /// path is not for other machines.</exception>
    public DataSetView View(string name)
    {
        var (data, listed, isFolder) = Find(name);
        if (listed.Manifest.UnsafePath() is { } unsafePath)
        {
            throw new ArtifactException(
                DataCodes.UnsafePath,
                $"Data set '{name}' does not travel: other machines cannot have its file '{ForeignText.OneLine(unsafePath, 100)}'. Rename it, "
                    + "and register the data again.");
        }

        var files = listed.Manifest.Files
            .Select(file => new DataSetFile(file.Path, Located(data, isFolder, file.Path).Length, file.Sha256))
            .ToValueArray();
        return new(data.Name, data.Sha256, isFolder, files.Sum(file => file.Bytes), files, data.Format);
    }

    /// <summary>Opens a file of a data set.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="sha256">Hash of the file, as it was registered; whether it is that still is for the caller to see.</param>
    /// <returns>The file, which the caller disposes, and its path in the data set.</returns>
    /// <exception cref="ArtifactException">SC3014: there is no such data set; SC3000: it has no such file, or it is gone.</exception>
    public (FileStream Content, string Path) Open(string name, string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        var (data, listed, isFolder) = Find(name);
        var path = listed.Paths.GetValueOrDefault(sha256)
            ?? throw new ArtifactException(
                DataCodes.CannotOpen, $"Data set '{name}' has no file with the SHA-256 {ForeignText.OneLine(sha256, 64)}.");
        return (Located(data, isFolder, path).OpenRead(), path);
    }

    private static FileInfo Located(RegisteredData data, bool isFolder, string path)
    {
        var file = new FileInfo(isFolder ? Path.Combine(data.Path, path) : data.Path);
        if (file.LinkTarget is not null)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists && PathKind.Special(file.FullName) is null
            ? file
            : throw new ArtifactException(
                DataCodes.CannotOpen,
                $"File '{ForeignText.OneLine(path, 100)}' of data set '{data.Name}' is not at {data.Path} any more. Bring it back, or register "
                    + "the data again.");
    }

    private (RegisteredData Data, Listed Listed, bool IsFolder) Find(string name)
    {
        var data = catalog.Find(name)
            ?? throw new ArtifactException(
                DataCodes.NotRegistered, $"No data set '{ForeignText.OneLine(name, 63)}' is registered in {catalog.Root}.");
        var listed = _lists.GetValueOrDefault(name);
        if (listed?.Data != data)
        {
            var manifest = catalog.ManifestOf(name);
            _lists[name] = listed = new(
                data, manifest, manifest.Files.DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256, file => file.Path));
        }

        return (data, listed!, Directory.Exists(data.Path));
    }

    private sealed record Listed(RegisteredData Data, DataManifest Manifest, IReadOnlyDictionary<string, string> Paths);
}
