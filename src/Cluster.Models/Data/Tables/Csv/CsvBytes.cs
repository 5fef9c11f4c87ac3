using System.Globalization;
using System.Text.Unicode;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Reads the bytes of a CSV file and refuses what is no UTF-8 text or too large, before more of it is read.</summary>
internal static class CsvBytes
{
    public const int MaximumFileBytes = 256 << 20;
    public const int MaximumLineBytes = 1 << 20;
    private const int ChunkBytes = 1 << 18;

    /// <summary>Reads a table that may be gzipped; limits are those of what it unpacks to.</summary>
    /// <exception cref="DataException">SC3121: the gzip file is damaged; or as <see cref="Read"/>.</exception>
    public static byte[] Unpack(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[2];
        if (!stream.CanSeek
            || stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || magic is not [0x1F, 0x8B])
        {
            Rewind(stream);
            return Read(stream, name, isPacked: false);
        }

        Rewind(stream);
        try
        {
            using var plain = new WholeGzip(stream);
            return Read(plain, name, isPacked: true);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataException(
                DataCodes.DamagedGzip, $"{name} is a damaged gzip file: {damaged.Message.TrimEnd('.')}; copy it again.", damaged);
        }
    }

    private static void Rewind(Stream stream)
    {
        if (stream.CanSeek)
        {
            stream.Position = 0;
        }
    }

    private static byte[] Read(Stream stream, string name, bool isPacked)
    {
        using var content = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        var lineBytes = 0;
        var line = 1;
        for (int read; (read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false)) > 0;)
        {
            if (content.Length == 0)
            {
                ForeignFile.Refuse(chunk.AsSpan(0, read), name, isPacked);
            }

            CheckText(chunk.AsSpan(0, read), name);
            (line, lineBytes) = CheckLines(chunk.AsSpan(0, read), name, line, lineBytes);
            if (content.Length + read > MaximumFileBytes)
            {
                throw new DataException(
                    DataCodes.TooLarge, $"{name} is larger than {MaximumFileBytes >> 20} MiB, the limit for a CSV file.");
            }

            content.Write(chunk, 0, read);
        }

        var bytes = content.ToArray();
        return Utf8.IsValid(bytes)
            ? bytes
            : throw new DataException(DataCodes.NotUtf8, $"{name} is not UTF-8 (perhaps Latin-1 or Windows-1252); save it as UTF-8.");
    }

    private static void CheckText(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Contains((byte)0))
        {
            throw new DataException(
                DataCodes.NotUtf8,
                $"{name} holds NUL bytes, so it is no text (perhaps UTF-16 or a binary file); save the table as CSV in UTF-8.");
        }
    }

    private static (int Line, int LineBytes) CheckLines(ReadOnlySpan<byte> chunk, string name, int line, int lineBytes)
    {
        while (!chunk.IsEmpty)
        {
            var end = CsvScanner.LineEnd(chunk);
            lineBytes += end < 0 ? chunk.Length : end;
            if (lineBytes > MaximumLineBytes)
            {
                throw new DataException(
                    DataCodes.TooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"{name}:{line}: the line is longer than {MaximumLineBytes >> 20} MiB."));
            }

            if (end < 0)
            {
                break;
            }

            (line, lineBytes) = (line + (chunk[end] == (byte)'\n' || end + 1 == chunk.Length || chunk[end + 1] != (byte)'\n' ? 1 : 0), 0);
            chunk = chunk[(end + 1)..];
        }

        return (line, lineBytes);
    }
}
