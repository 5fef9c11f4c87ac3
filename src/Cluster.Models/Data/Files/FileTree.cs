namespace SearchCluster.Models.Data.Files;

/// <summary>Files of a folder, or of an archive (.zip, .tar, .tar.gz) as if it were unpacked, by their paths from the root.</summary>
/// <remarks>
/// A folder that holds everything else is left out of the paths, hidden files and those of <c>__MACOSX</c> are no part. An archive is held
/// in memory as it unpacks; archives inside it are files like others. See <see cref="FolderWalk"/> and <see cref="ArchiveReader"/>.
/// </remarks>
internal sealed class FileTree
{
    private readonly SortedDictionary<string, Func<byte[]>> _files;

    private FileTree(string name, IEnumerable<KeyValuePair<string, Func<byte[]>>> files, IEnumerable<string> notes)
    {
        (Name, Notes) = (name, notes.ToValueArray());
        _files = new(StringComparer.Ordinal);
        var all = files.ToList();
        var common = CommonFolder(all.Select(file => file.Key));

        // The name of the only folder may mean something (a class), where there are no folders in it.
        common = all.Exists(file => file.Key.AsSpan(common).Contains('/')) ? common : 0;
        foreach (var (path, content) in all)
        {
            _files[path[common..]] = content;
        }
    }

    /// <summary>Name of the folder or archive, for messages.</summary>
    public string Name { get; }

    /// <summary>Paths with '/', in ordinal order.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>What was left out when it was opened, a sentence each.</summary>
    public ValueArray<string> Notes { get; }

    /// <summary>Opens a folder or an archive.</summary>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3122: damaged; SC3123: too large.</exception>
    public static FileTree Open(string source)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        if (Directory.Exists(source))
        {
            var walk = FolderWalk.Of(source);
            return new(name, walk.Files.Select(file => KeyValuePair.Create(file.Path, () => DataFiles.Read(file.FullPath, ArchiveReader.MaximumFileBytes))), walk.Notes(name));
        }

        var archive = ArchiveReader.Read(DataFiles.Read(source, ArchiveReader.MaximumBytes), name);
        return new(name, archive.Files.Select(file => KeyValuePair.Create(file.Key, () => file.Value)), archive.Notes());
    }

    /// <summary>One file alone.</summary>
    public static FileTree Of(string file) =>
        new(Path.GetFileName(file), [KeyValuePair.Create(Path.GetFileName(file), () => DataFiles.Read(file, ArchiveReader.MaximumFileBytes))], []);

    /// <summary>Name of a file for messages: within the folder or archive, unless it is one file alone.</summary>
    public string NameOf(string path) => path == Name ? path : $"{Name}/{path}";

    /// <summary>Tells whether there is a file.</summary>
    public bool Contains(string path) => _files.ContainsKey(path);

    /// <summary>Reads a file.</summary>
    public byte[] Read(string path) => _files[path]();

    // Length of the folders that all paths begin with.
    private static int CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (var path in paths)
        {
            var folder = path[..(path.LastIndexOf('/') + 1)];
            common ??= folder;
            while (!folder.StartsWith(common, StringComparison.Ordinal))
            {
                common = common[..(common.TrimEnd('/').LastIndexOf('/') + 1)];
            }
        }

        return common?.Length ?? 0;
    }
}
