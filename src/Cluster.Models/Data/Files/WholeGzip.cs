using System.IO.Compression;

namespace SearchCluster.Models.Data.Files;

/// <summary>Unpacks gzip, and notices when the file was cut short or holds something behind its end, which
/// <see cref="GZipStream"/> passes over in silence.</summary>
/// <remarks>
/// A member of known content is put behind the file. Only where the file ends as gzip says does that content
/// come out last: the rest of a member that was cut short swallows it, and what is no member ends the unpacking before it. Files of several
/// members (<c>cat a.gz b.gz</c>, bgzip) are read as one.
/// </remarks>
internal sealed class WholeGzip : ForwardStream
{
    // No file can end with what did not exist when it was written; the bytes never come out, so nothing depends on them.
    private static readonly byte[] End = Guid.NewGuid().ToByteArray();
    private static readonly byte[] EndMember = Pack(End);

    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _length;
    private bool _isOver;

    /// <param name="packed">The file, from its start; left open.</param>
    public WholeGzip(Stream packed) => _unpacked = new(new Followed(packed, EndMember), CompressionMode.Decompress);

    /// <summary>Tells whether a file begins like gzip.</summary>
    public static bool Fits(ReadOnlySpan<byte> file) => file is [0x1F, 0x8B, ..];

    /// <summary>Unpacks all of a file.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="packed">The file.</param>
    /// <param name="most">Bytes that are never exceeded, in whole MiB.</param>
    /// <param name="what">What has that limit, for messages.</param>
    /// <exception cref="DataException">SC3011: there are more; SC3121: it is damaged.</exception>
    public static byte[] All(string name, byte[] packed, long most, string what)
    {
        try
        {
            using var plain = new WholeGzip(new MemoryStream(packed, writable: false));
            using var content = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; (read = plain.Read(chunk)) > 0;)
            {
                if (content.Length + read > most)
                {
                    throw new DataException(
                        DataCodes.TooLarge, $"{name} unpacks to more than {most >> 20} MiB, the limit for {what}.");
                }

                content.Write(chunk, 0, read);
            }

            return content.ToArray();
        }
        catch (InvalidDataException damaged)
        {
            throw new DataException(
                DataCodes.DamagedGzip, $"{name} is a damaged gzip file: {damaged.Message.TrimEnd('.')}; copy it again.", damaged);
        }
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">The file is damaged, was cut short, or goes on behind its end.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isOver && _length <= End.Length)
        {
            Fill();
        }

        // What may be the known content is held back until more follows.
        var count = Math.Min(buffer.Length, Math.Max(0, _length - End.Length));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        (_start, _length) = (_start + count, _length - count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _length).CopyTo(_buffer);
        _start = 0;
        var read = Unpack();
        _length += read;
        _isOver = read == 0;
        if (_isOver && !_buffer.AsSpan(0, _length).SequenceEqual(End))
        {
            throw new InvalidDataException("it ends early, or goes on behind its end");
        }
    }

    // What the library says of its blocks ("unsupported compression method") sends people the wrong way.
    private int Unpack()
    {
        try
        {
            return _unpacked.Read(_buffer.AsSpan(_length));
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException("it was cut short, or its bytes changed", damaged);
        }
    }

    private static byte[] Pack(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.NoCompression, leaveOpen: true))
        {
            packed.Write(content);
        }

        return memory.ToArray();
    }

    /// <summary>A stream with some bytes behind its end.</summary>
    private sealed class Followed(Stream first, byte[] last) : ForwardStream
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (_at == 0 && first.Read(buffer) is > 0 and var read)
            {
                return read;
            }

            var count = Math.Min(buffer.Length, last.Length - _at);
            last.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
