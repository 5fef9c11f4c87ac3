using System.Formats.Tar;
using System.IO.Compression;

namespace SearchCluster.Models.Data.Files;

/// <summary>Files of a folder, or of an archive (.zip, .tar, .tar.gz) as if it were unpacked, by their paths from the root.</summary>
/// <remarks>
/// A folder that holds everything else is left out of the paths, hidden files and those of <c>__MACOSX</c> are no part. An archive is held
/// in memory as it unpacks, and is refused as soon as it unpacks to more than <see cref="MaximumBytes"/> or holds more than
/// <see cref="MaximumEntries"/> entries; archives inside it are files like others. Paths that lead out of it (<c>..</c>) count as hidden; nothing is unpacked to a disk.
/// </remarks>
internal sealed class FileTree
{
    public const long MaximumBytes = 2L << 30;
    public const int MaximumEntries = 1_000_000;
    private const long MaximumFileBytes = 256L << 20;
    private const int ChunkBytes = 1 << 16;

    private readonly SortedDictionary<string, Func<byte[]>> _files;

    private FileTree(string name, IEnumerable<KeyValuePair<string, Func<byte[]>>> files)
    {
        Name = name;
        _files = new(StringComparer.Ordinal);
        var kept = files.Where(file => !file.Key.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX")).ToList();
        var common = CommonFolder(kept.Select(file => file.Key));

        // The name of the only folder may mean something (a class), where there are no folders in it.
        common = kept.Exists(file => file.Key.AsSpan(common).Contains('/')) ? common : 0;
        foreach (var (path, content) in kept)
        {
            _files.TryAdd(path[common..], content);
        }
    }

    /// <summary>Name of the folder or archive, for messages.</summary>
    public string Name { get; }

    /// <summary>Paths with '/', in ordinal order.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>Opens a folder or an archive.</summary>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3121, SC3122: damaged; SC3123: too large.</exception>
    public static FileTree Open(string source)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
        if (Directory.Exists(source))
        {
            var root = Path.GetFullPath(source);
            return new(name, Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(path => KeyValuePair.Create(Path.GetRelativePath(root, path).Replace('\\', '/'), () => DataFiles.Read(path, MaximumFileBytes))));
        }

        var packed = DataFiles.Read(source, MaximumBytes);
        try
        {
            using var stream = new MemoryStream(packed, writable: false);
            return new(name, packed is [(byte)'P', (byte)'K', ..] ? Unzip(stream, name) : Untar(stream, packed is [0x1F, 0x8B, ..], name));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataException("SC3122", $"{name} is a damaged archive, or none (.zip, .tar and .tar.gz are read): {damaged.Message}", damaged);
        }
    }

    /// <summary>One file alone.</summary>
    public static FileTree Of(string file) => new(Path.GetFileName(file), [KeyValuePair.Create(Path.GetFileName(file), () => DataFiles.Read(file, MaximumFileBytes))]);

    /// <summary>Tells whether there is a file.</summary>
    public bool Contains(string path) => _files.ContainsKey(path);

    /// <summary>Reads a file.</summary>
    public byte[] Read(string path) => _files[path]();

    private static List<KeyValuePair<string, Func<byte[]>>> Unzip(Stream stream, string name)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        var budget = new Budget(name);
        var files = new List<KeyValuePair<string, Func<byte[]>>>();
        foreach (var entry in archive.Entries)
        {
            budget.Enter();
            if (!entry.FullName.EndsWith('/'))
            {
                using var content = entry.Open();
                var bytes = budget.Read(content);
                files.Add(new(entry.FullName.Replace('\\', '/'), () => bytes));
            }
        }

        return files;
    }

    private static List<KeyValuePair<string, Func<byte[]>>> Untar(Stream stream, bool isGzipped, string name)
    {
        using var plain = isGzipped ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new TarReader(plain);
        var budget = new Budget(name);
        var files = new List<KeyValuePair<string, Func<byte[]>>>();
        while (reader.GetNextEntry() is { } entry)
        {
            budget.Enter();
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.DataStream is { } content)
            {
                var bytes = budget.Read(content);
                files.Add(new(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name, () => bytes));
            }
        }

        return files;
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

    private sealed class Budget(string name)
    {
        private long _bytes;
        private int _entries;

        public void Enter()
        {
            if (++_entries > MaximumEntries)
            {
                throw new DataException("SC3123", $"{name} has more than {MaximumEntries} entries; give the unpacked folder.");
            }
        }

        public byte[] Read(Stream content)
        {
            using var memory = new MemoryStream();
            var chunk = new byte[ChunkBytes];
            for (int read; (read = content.Read(chunk)) > 0;)
            {
                _bytes += read;
                if (_bytes > MaximumBytes || memory.Length + read > MaximumFileBytes)
                {
                    throw new DataException("SC3123", $"{name} unpacks to more than {MaximumBytes >> 20} MiB, or one of its files to more than {MaximumFileBytes >> 20} MiB; give the unpacked folder.");
                }

                memory.Write(chunk, 0, read);
            }

            return memory.ToArray();
        }
    }
}
