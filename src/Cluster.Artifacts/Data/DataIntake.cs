using System.Security.Cryptography;
using System.Text;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Artifacts.Data;

/// <summary>Takes data sets that are sent file by file, by hash, and registers them once they are whole.</summary>
/// <remarks>
/// Who sends offers the data set, sends what is said to be missing, and offers it again. Files that came stay over cuts and restarts until
/// the data set has its name, or for a week. Thread-safe.
/// </remarks>
public sealed class DataIntake : IDisposable
{
    private const string IncomingFolder = ".incoming";
    private const string SetEnding = ".set";
    private const string Origin = "sent with submit --upload";
    private const int HashDigits = 64;

    // Lists of a million files; what is read whole must not be anything.
    private const long LargestList = 256 << 20;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private readonly DataCatalog _catalog;
    private readonly TimeProvider _clock;
    private readonly FolderArtifactStore _incoming;

    /// <summary>Takes data sets for a state folder.</summary>
    /// <param name="catalog">Where they are registered.</param>
    /// <param name="clock">Tells what is older than a week.</param>
    public DataIntake(DataCatalog catalog, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (_catalog, _clock) = (catalog, clock);
        _incoming = new(Path.Combine(catalog.Folder, IncomingFolder));
        Uploads = new(_incoming, clock, () => new DriveInfo(catalog.Root).AvailableFreeSpace);
    }

    /// <summary>Takes the files; the path of each is its hash.</summary>
    public FolderUploads Uploads { get; }

    /// <summary>Says what is missing of a data set, or registers it.</summary>
    /// <param name="offer">The data set; its name and its hash have the right form.</param>
    /// <returns>Its name, which is another one where the same content is registered already, and what is missing.</returns>
    /// <exception cref="ArtifactException">SC3312: its list has another form, or a path that is not safe; SC3016: other content has the
    /// name.</exception>
    public DataOfferView Offer(DataOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        lock (_gate)
        {
            if (Registered(offer) is { } there)
            {
                RemoveIncoming(offer.List);
                return new(there.Name, [], there.Sha256);
            }

            RemoveOld();
            if (!_incoming.Exists(offer.List))
            {
                return new(offer.Name, [offer.List]);
            }

            var manifest = Read(offer);
            var missing = manifest.Files
                .Where(file => !_incoming.Exists(file.Sha256) && !File.Exists(Placed(offer, file)))
                .Select(file => file.Sha256)
                .Distinct()
                .ToValueArray();
            return missing.Count > 0 ? new(offer.Name, missing) : new(offer.Name, [], Register(offer, manifest));
        }
    }

    /// <inheritdoc />
    public void Dispose() => Uploads.Dispose();

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private RegisteredData? Registered(DataOffer offer) =>
        _catalog.Names().Select(name => Same(name, offer)).FirstOrDefault(same => same is not null);

    // The same list is the same names and content.
    private RegisteredData? Same(string name, DataOffer offer)
    {
        try
        {
            return _catalog.Find(name) is { } data
                && Path.Exists(data.Path)
                && Directory.Exists(data.Path) == offer.IsFolder
                && (offer.Format is null || data.Format == offer.Format)
                && HashOf(_catalog.ManifestOf(name).ToString()) == offer.List
                ? data
                : null;
        }
        catch (ArtifactException)
        {
            // A registration that is damaged keeps nobody from sending another data set.
            return null;
        }
    }

    private string SetFolder(DataOffer offer) => Path.Combine(_incoming.Root, offer.List + SetEnding);

    private string Placed(DataOffer offer, DataFile file) => Path.Combine(SetFolder(offer), file.Path);

    private DataManifest Read(DataOffer offer)
    {
        using var stream = _incoming.OpenRead(offer.List)!;
        if (stream.Length > LargestList)
        {
            throw Unusable(offer, "it is longer than 256 MiB");
        }

        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            var text = reader.ReadToEnd();
            var manifest = DataManifest.Parse(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return manifest.ToString() != text ? throw Unusable(offer, "its lines are not those of sha256sum")
                : manifest.Files.Count == 0 || (!offer.IsFolder && manifest.Files.Count > 1) ? throw Unusable(offer, "a data set of a file has one")
                : !manifest.Files.All(file => file.Sha256.Length == HashDigits && file.Sha256.All(char.IsAsciiHexDigitLower))
                    ? throw Unusable(offer, "a hash is none")
                : manifest.UnsafePath() is { } path
                    ? throw Unusable(offer, $"no machine may have its file '{ForeignText.OneLine(path, 100)}'")
                : !offer.IsFolder && manifest.Files[0].Path.Contains('/', StringComparison.Ordinal)
                    ? throw Unusable(offer, "a data set of a file has no folder")
                : manifest;
        }
        catch (Exception other) when (other is FormatException or DecoderFallbackException)
        {
            throw Unusable(offer, other.Message);
        }
    }

    private ArtifactException Unusable(DataOffer offer, string why)
    {
        RemoveIncoming(offer.List);
        return new(DataCodes.UnsafePath, $"The list of files of data set '{offer.Name}' cannot be used: {why.TrimEnd('.')}.");
    }

    private string Register(DataOffer offer, DataManifest manifest)
    {
        if (_catalog.Find(offer.Name) is { } other && Path.Exists(other.Path))
        {
            throw new ArtifactException(
                DataCodes.NameTaken,
                $"Data set '{offer.Name}' is registered with other content (SHA-256 {other.Sha256}). Give yours another name.");
        }

        Place(offer, manifest);
        var folder = _catalog.FilesFolder(offer.Name);
        if (Directory.Exists(folder))
        {
            // Of a registration that was never written, or was removed by hand.
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(SetFolder(offer), folder);
        var sized = new DataManifest(manifest.Files
            .Select(file => file with { Bytes = new FileInfo(Path.Combine(folder, file.Path)).Length })
            .ToValueArray());
        var data = new RegisteredData(
            offer.Name,
            offer.IsFolder ? folder : Path.Combine(folder, manifest.Files[0].Path),
            offer.Format,
            manifest.HashOf(offer.IsFolder),
            manifest.Files.Count,
            sized.Bytes,
            _clock.GetUtcNow(),
            LastWrite(folder, offer.IsFolder),
            Origin);
        _catalog.Write(data, manifest);
        RemoveIncoming(offer.List);
        return data.Sha256;
    }

    // What was moved stays found when the process ends in the middle.
    private void Place(DataOffer offer, DataManifest manifest)
    {
        foreach (var same in manifest.Files.GroupBy(file => file.Sha256))
        {
            var content = Path.Combine(_incoming.Root, same.Key);
            var places = same.Select(file => Placed(offer, file)).ToList();
            var isIncoming = File.Exists(content);
            if (!isIncoming)
            {
                content = places.First(File.Exists);
            }

            foreach (var place in places.Where(place => !File.Exists(place)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                if (isIncoming && place == places[^1])
                {
                    File.Move(content, place);
                    continue;
                }

                // No file of a data set has a name that begins with a dot.
                var part = Path.Combine(Path.GetDirectoryName(place)!, "." + same.Key);
                File.Copy(content, part, overwrite: true);
                File.Move(part, place);
            }
        }
    }

    private static DateTime LastWrite(string folder, bool isFolder)
    {
        var inside = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories);
        return isFolder
            ? inside.Append(new DirectoryInfo(folder)).Max(entry => entry.LastWriteTimeUtc)
            : inside.Max(entry => entry.LastWriteTimeUtc);
    }

    private void RemoveIncoming(string list) => File.Delete(Path.Combine(_incoming.Root, list));

    private void RemoveOld()
    {
        var folder = new DirectoryInfo(_incoming.Root);
        var before = _clock.GetUtcNow().UtcDateTime - Kept;
        foreach (var entry in folder.Exists
            ? folder.EnumerateFileSystemInfos().Where(entry => entry.Name[0] != '.' && entry.LastWriteTimeUtc < before)
            : [])
        {
            if (entry is DirectoryInfo set)
            {
                set.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
