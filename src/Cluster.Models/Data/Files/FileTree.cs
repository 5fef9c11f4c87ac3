namespace SearchCluster.Models.Data.Files;

/// <summary>Files of a folder, or of an archive (.zip, .tar, .tar.gz) as if it were unpacked, by their paths from the root; or one file
/// alone. Every reader of data takes one, so that each reads all of these forms.</summary>
/// <remarks>
/// A folder that holds everything else is left out of the paths, hidden files and those of <c>__MACOSX</c> are no part. An archive is held
/// in memory as it unpacks; archives inside it are files like others, and gzipped files are unpacked by who reads them. See
/// <see cref="FolderWalk"/> and <see cref="ArchiveReader"/>.
/// </remarks>
internal sealed class FileTree
{
    private static readonly string[] Archives = [".zip", ".tar", ".tar.gz", ".tgz"];

    private readonly SortedDictionary<string, Content> _files;

    private readonly string _title;

    private FileTree(
        string name, IEnumerable<KeyValuePair<string, Content>> files, IEnumerable<string> notes, string? title = null)
    {
        (Name, Notes, _title) = (name, notes.ToValueArray(), title ?? name);
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

    /// <summary>True for one file that was named itself, not as the only one of a folder or archive.</summary>
    public bool IsFile { get; private init; }

    /// <summary>What messages call one of the files: as a person named it where it was named itself.</summary>
    public string TitleOf(string path) => IsFile ? _title : path;

    /// <summary>Notes what is read; null for nobody.</summary>
    public ReadRecord? Record { get; init; }

    /// <summary>Opens a folder, an archive or a file.</summary>
    /// <param name="source">Its path.</param>
    /// <param name="title">What messages call it where it is a file; null for its name.</param>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3122: damaged; SC3123: too large.</exception>
    /// <param name="record">Notes what is read of it; null for nobody.</param>
    public static FileTree Open(string source, string? title = null, ReadRecord? record = null)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        if (Directory.Exists(source))
        {
            var walk = FolderWalk.Of(source);
            return new(
                name,
                walk.Files.Select(file => KeyValuePair.Create(file.Path, Content.OnDisk(file.FullPath))),
                walk.Notes(name))
            { Record = record };
        }

        return IsArchive(source)
            ? Unpack(name, DataFiles.Read(source, ArchiveReader.MaximumBytes), record)
            : Alone(name, Content.OnDisk(source), title, record);
    }

    /// <summary>Opens what came without a name of its own, through a pipe: an archive is told by its bytes.</summary>
    /// <exception cref="DataException">SC3122: damaged; SC3123: too large.</exception>
    public static FileTree Of(string name, byte[] content, string? title = null) =>
        ArchiveReader.Fits(content) ? Unpack(title ?? name, content) : Alone(name, Content.InMemory(content), title);

    /// <summary>Tells by its name whether a source is an archive.</summary>
    public static bool IsArchive(string path) => Archives.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Name of a file for messages: within the folder or archive, unless it is one file alone.</summary>
    public string NameOf(string path) => path == Name ? path : $"{Name}/{path}";

    /// <summary>Tells whether there is a file.</summary>
    public bool Contains(string path) => _files.ContainsKey(path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">One of <see cref="Paths"/>.</param>
    /// <param name="limit">Bytes that it may have on a disk.</param>
    public byte[] Read(string path, long limit = ArchiveReader.MaximumFileBytes) =>
        Record is null ? _files[path].Read(limit) : Record.Add(path, _files[path].Read(limit));

    /// <summary>The first bytes of a file, by which its kind is told; none of one that cannot be opened, which whoever reads it
    /// tells.</summary>
    /// <param name="path">One of <see cref="Paths"/>.</param>
    public ReadOnlySpan<byte> Head(string path) => _files[path].Head();

    /// <summary>Reads something of it; where nothing usable is found, what was left out when it was opened may be why, and is
    /// told.</summary>
    public T Explain<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DataException failure) when (failure.Code is DataCodes.NotTheLayout or DataCodes.Labels && Notes.Count > 0
            && !failure.Message.Contains(Notes[0], StringComparison.Ordinal))
        {
            throw new DataException(failure.Code, $"{failure.Message} {string.Join(' ', Notes)}", failure);
        }
    }

    /// <summary>The same, where it is one file, with the bytes that were compared with a hash: it may change
    /// before it is read again.</summary>
    /// <exception cref="DataException">SC1101: they have another hash.</exception>
    public FileTree Checked(string? sha256)
    {
        if (!IsFile || sha256 is null)
        {
            return this;
        }

        var content = Read(Paths.Single());
        DataFiles.CheckHash(Name, content, sha256);
        return Alone(Name, Content.InMemory(content), _title);
    }

    private static FileTree Alone(string name, Content content, string? title = null, ReadRecord? record = null) =>
        new(name, [KeyValuePair.Create(name, content)], [], title) { IsFile = true, Record = record };

    private static FileTree Unpack(string name, byte[] packed, ReadRecord? record = null)
    {
        var archive = ArchiveReader.Read(packed, name);
        return new(
            name,
            archive.Files.Select(file => KeyValuePair.Create(file.Key, Content.InMemory(file.Value))),
            archive.Notes())
        { Record = record };
    }

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

    private sealed record Content(Func<long, byte[]> Read, Func<byte[]> Head)
    {
        public static Content OnDisk(string file) =>
            new(limit => DataFiles.Read(file, limit), () => DataFiles.Head(file, FileKind.HeadBytes));

        public static Content InMemory(byte[] bytes) => new(_ => bytes, () => bytes);
    }
}
