using System.Collections.Concurrent;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;

namespace SearchCluster.Models.Data.Registry;

/// <summary>The data sets that a machine knows by name: in folder <c>data</c> of the state folder, a
/// description and a manifest of hashes for each.</summary>
/// <remarks>Commands and workers of one machine use it at the same time: each file is replaced as a whole, the description last.</remarks>
/// <param name="root">The state folder.</param>
public sealed class DataRegistry(string root)
{
    // Hashing is repeated only for bytes that this process has not compared yet.
    private static readonly ConcurrentDictionary<(string Path, FileStamp Stamp, string Sha256), bool> Compared = new();

    private readonly DataCatalog _catalog = new(root);

    /// <summary>The registry's folder.</summary>
    public string Folder => _catalog.Folder;

    /// <summary>Where the files of a fetched data set lie.</summary>
    /// <param name="name">A valid name.</param>
    /// <returns>Full path.</returns>
    public string FilesFolder(string name) => _catalog.FilesFolder(name);

    /// <summary>Lists the data sets by name.</summary>
    /// <returns>The data sets; empty before the first.</returns>
    /// <exception cref="DataException">SC3015: a description is damaged.</exception>
    public ValueArray<RegisteredData> List() => Translated(_catalog.List);

    /// <summary>Finds a data set.</summary>
    /// <returns>The data set, or null.</returns>
    /// <exception cref="DataException">SC3015: its description is damaged.</exception>
    public RegisteredData? Find(string name) => Translated(() => _catalog.Find(name));

    /// <summary>Registers data under a name; an earlier data set of that name is replaced.</summary>
    /// <param name="name">1 to 63 of a-z, 0-9 and '-'.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="manifest">Its files.</param>
    /// <param name="format">How it is read; null to tell from its name and content.</param>
    /// <param name="addedAt">Now.</param>
    /// <param name="origin">Where it was fetched from, or null.</param>
    /// <param name="licence">What its publisher says about its use, or null.</param>
    /// <returns>What was registered.</returns>
    public RegisteredData Add(
        string name,
        string path,
        DataManifest manifest,
        DataFormat? format,
        DateTimeOffset addedAt,
        string? origin = null,
        string? licence = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var full = Path.GetFullPath(path);
        var data = new RegisteredData(
            new SearchId(name).Value,
            full,
            format,
            manifest.HashOf(Directory.Exists(full)),
            manifest.Files.Count,
            manifest.Bytes,
            addedAt,
            FileStamp.Of(full).WrittenAt,
            origin,
            licence);
        _catalog.Write(data, manifest);
        return data;
    }

    /// <summary>Forgets a data set. Files that were fetched are deleted with it; files of the user's own stay.</summary>
    /// <param name="data">The data set.</param>
    public void Remove(RegisteredData data) => _catalog.Remove(data);

    /// <summary>Hashes the files of a data set and compares them with those that were registered.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="progress">Told the bytes that are done; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>What is different, as <see cref="DataManifest.DifferencesFrom"/>; empty when nothing is.</returns>
    /// <exception cref="DataException">SC3000: the data are not there; SC3015: the registration is damaged.</exception>
    public ValueArray<string> Verify(RegisteredData data, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        var now = ManifestReading.Read(data.Path, progress, cancellation);
        if (now.HashOf(Directory.Exists(data.Path)) == data.Sha256)
        {
            return [];
        }

        return now.DifferencesFrom(Translated(() => _catalog.ManifestOf(data.Name)));
    }

    /// <summary>Replaces a name by the path that it stands for here.</summary>
    /// <param name="spec">Data of a search.</param>
    /// <returns>The same spec when it names no registered data set; else one with the path and the format.</returns>
    /// <remarks>Files that changed since they were registered are hashed and compared first, once for each process.</remarks>
    /// <exception cref="DataException">SC3014: there is no such data set here; SC1101: its bytes are not those of the spec, or not those
    /// that were registered.</exception>
    public DataSpec Resolve(DataSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.RegisteredName is not { } name)
        {
            return spec;
        }

        var data = Find(name)
            ?? throw new DataException(
                DataCodes.NotRegistered,
                $"No data set '{DisplayText.ShortenPath(name)}' is registered in {_catalog.Root}; register it there with: searchcluster data "
                    + $"add {DisplayText.ShortenPath(name)} PATH (or data fetch, for a public one).");
        if (spec.Sha256 is { } asked && asked != data.Sha256)
        {
            throw new DataException(
                DataCodes.OtherBytes,
                $"Data set '{name}' has SHA-256 {data.Sha256}, but the spec asks for {asked}; use the right data or correct data.sha256.");
        }

        var stamp = FileStamp.Of(data.Path);
        if (stamp != new FileStamp(data.Bytes, data.WrittenAt) && !Compared.ContainsKey((data.Path, stamp, data.Sha256)))
        {
            if (Verify(data, null, CancellationToken.None) is [var first, ..] differences)
            {
                throw new DataException(
                    DataCodes.OtherBytes,
                    $"Data set '{name}' is not what was registered: {differences.Count} file(s) differ ({first}); see searchcluster data "
                        + $"verify {name}, or register it as it is with: searchcluster data add {name} {data.Path} --replace.");
            }

            Compared[(data.Path, stamp, data.Sha256)] = true;
        }

        return spec with { Source = data.Path, Sha256 = null, Format = spec.Format ?? data.Format };
    }

    private static T Translated<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArtifactException damaged)
        {
            throw new DataException(damaged.Code, damaged.Message, damaged);
        }
    }
}
