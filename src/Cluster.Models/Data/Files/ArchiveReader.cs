using System.Formats.Tar;
using System.IO.Compression;
using SearchCluster.Models.Checkpoints;

namespace SearchCluster.Models.Data.Files;

/// <summary>Reads the files of an archive (.zip, .tar, .tar.gz) into memory; nothing is unpacked to a disk.</summary>
/// <remarks>
/// An archive is refused as soon as it unpacks to more than <see cref="MaximumBytes"/> or holds more than
/// <see cref="MaximumEntries"/> entries, and when any of it is missing. Entries whose paths lead out of it, links and devices are left out
/// and counted. Of entries of one name the last counts, as on a disk.
/// </remarks>
internal sealed class ArchiveReader
{
    public const long MaximumBytes = 2L << 30;
    public const int MaximumEntries = 1_000_000;
    public const long MaximumFileBytes = 256L << 20;
    private const int ChunkBytes = 1 << 16;
    private const int TarBlock = 512, TarMarkAt = 257;

    private readonly string _name;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private long _bytes;
    private int _entries, _outside, _links, _repeated;
    private string? _firstOutside;

    private ArchiveReader(string name) => _name = name;

    /// <summary>Bytes by path, with '/'; those of hidden files are not kept.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Reads all files.</summary>
    /// <exception cref="DataException">SC3122: damaged, cut short, encrypted, or no archive; SC3123: too large;
    /// SC3305: another format.</exception>
    public static ArchiveReader Read(byte[] packed, string name)
    {
        if (!IsZip(packed) && !WholeGzip.Fits(packed) && (FileKind.Of(packed)?.Name ?? FileFormats.Markup(packed)) is { } format)
        {
            throw new DataException(
                DataCodes.UnreadFormat,
                $"{name} is {format}, but a folder or an archive (.zip, .tar, .tar.gz) is expected here; unpack or convert it.");
        }

        var reader = new ArchiveReader(name);
        try
        {
            using var stream = new MemoryStream(packed, writable: false);
            if (IsZip(packed))
            {
                reader.Unzip(stream);
            }
            else
            {
                using var plain = WholeGzip.Fits(packed) ? new WholeGzip(stream) : (Stream)stream;
                reader.Untar(plain);
            }

            return reader;
        }
        catch (Exception damaged) when (damaged is InvalidDataException
            or EndOfStreamException
            or FormatException
            or ArgumentException
            or OverflowException)
        {
            throw new DataException(
                DataCodes.DamagedArchive,
                $"{name} is a damaged archive, or none (.zip, .tar and .tar.gz are read): {damaged.Message.TrimEnd('.')}; copy it again.",
                damaged);
        }
    }

    /// <summary>What was left out, a sentence each.</summary>
    public IEnumerable<string> Notes()
    {
        if (_outside > 0)
        {
            yield return $"{_name}: {_outside} {(_outside == 1 ? "entry" : "entries")} with a path that leads out of the archive left out "
                + $"({DisplayText.ShortenPath(_firstOutside!)}).";
        }

        if (_links > 0)
        {
            yield return $"{_name}: {_links} {(_links == 1 ? "link or device" : "links or devices")} left out; pack the files themselves "
                + $"(tar --dereference).";
        }

        if (_repeated > 0)
        {
            yield return $"{_name}: {_repeated} {(_repeated == 1 ? "entry replaces an earlier one" : "entries replace earlier ones")} of "
                + $"the same path.";
        }
    }

    /// <summary>Tells by its bytes whether a file is an archive. A workbook is a zip too, but no folder of data.</summary>
    public static bool Fits(byte[] packed)
    {
        if (IsZip(packed))
        {
            return packed.AsSpan(0, Math.Min(packed.Length, ChunkBytes)).IndexOf("[Content_Types].xml"u8) < 0;
        }

        return IsTar(WholeGzip.Fits(packed) ? Beginning(packed) : packed);
    }

    // The mark that POSIX put into the header of the first file; older archives have none, and are told by their name alone.
    private static bool IsTar(ReadOnlySpan<byte> plain) => plain.Length >= TarBlock && plain[TarMarkAt..].StartsWith("ustar"u8);

    private static byte[] Beginning(byte[] packed)
    {
        try
        {
            using var plain = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            var block = new byte[TarBlock];
            return block[..plain.ReadAtLeast(block, TarBlock, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            // Who reads it says what is wrong with it.
            return [];
        }
    }

    private static bool IsZip(byte[] packed) => packed is [(byte)'P', (byte)'K', ..];

    private void Unzip(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            Enter();
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\'))
            {
                continue;
            }

            if (entry.IsEncrypted)
            {
                throw new DataException(
                    DataCodes.DamagedArchive,
                    $"{_name}: {DisplayText.ShortenPath(entry.FullName)} is encrypted, which is not read; pack the archive without a "
                        + $"password.");
            }

            using var content = entry.Open();
            var bytes = Read(content);
            if (bytes.Length != entry.Length || Crc32.Of(bytes) != entry.Crc32)
            {
                throw new InvalidDataException($"the bytes of {DisplayText.ShortenPath(entry.FullName)} are not those that were packed");
            }

            Add(entry.FullName, bytes);
        }
    }

    private void Untar(Stream stream)
    {
        using var watched = new EndWatch(stream);
        using var reader = new TarReader(watched);
        while (reader.GetNextEntry() is { } entry)
        {
            Enter();
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)
            {
                var bytes = entry.DataStream is { } content ? Read(content) : [];
                Add(entry.Name, bytes.Length == entry.Length
                    ? bytes
                    : throw new InvalidDataException($"{DisplayText.ShortenPath(entry.Name)} ends early"));
            }
            else if (entry.EntryType is not (TarEntryType.Directory
                or TarEntryType.GlobalExtendedAttributes
                or TarEntryType.ExtendedAttributes))
            {
                _links++;
            }
        }

        // A whole archive says that it is over, with a block of zeros.
        if (watched.HasEnded)
        {
            throw new InvalidDataException("it ends early, without the mark of its end");
        }

        watched.Drain(MaximumBytes);
    }

    private void Add(string name, byte[] bytes)
    {
        if (PathOf(name) is not { } path)
        {
            (_outside, _firstOutside) = (_outside + 1, _firstOutside ?? name);
        }
        else if (!path.Split('/').Any(FolderWalk.IsHidden))
        {
            _repeated += _files.ContainsKey(path) ? 1 : 0;
            _files[path] = bytes;
        }
    }

    // Null where a path leads out of the archive: from the root of a disk, or by more steps up than down.
    private static string? PathOf(string name)
    {
        var path = name.Replace('\\', '/');
        if (path.StartsWith('/') || path is [_, ':', ..])
        {
            return null;
        }

        var folders = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."))
        {
            if (segment != "..")
            {
                folders.Add(segment);
            }
            else if (folders.Count > 0)
            {
                folders.RemoveAt(folders.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return folders.Count > 0 ? string.Join('/', folders) : null;
    }

    private void Enter()
    {
        if (++_entries > MaximumEntries)
        {
            throw new DataException(
                DataCodes.ArchiveTooLarge, $"{_name} has more than {MaximumEntries} entries; give the unpacked folder.");
        }
    }

    private byte[] Read(Stream content)
    {
        using var memory = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = content.Read(chunk)) > 0;)
        {
            _bytes += read;
            if (_bytes > MaximumBytes || memory.Length + read > MaximumFileBytes)
            {
                throw new DataException(
                    DataCodes.ArchiveTooLarge,
                    $"{_name} unpacks to more than {MaximumBytes >> 20} MiB, or one of its files to more than {MaximumFileBytes >> 20} "
                        + $"MiB; give the unpacked folder.");
            }

            memory.Write(chunk, 0, read);
        }

        return memory.ToArray();
    }
}
