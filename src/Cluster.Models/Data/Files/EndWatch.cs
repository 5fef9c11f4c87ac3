namespace SearchCluster.Models.Data.Files;

/// <summary>Passes bytes on, and knows whether the reader came to the end of them.</summary>
internal sealed class EndWatch(Stream inner) : ForwardStream
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>True once a reader asked for bytes and there were none.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads what is left, so that the stream below checks its own end.</summary>
    /// <exception cref="InvalidDataException">There are more bytes than allowed.</exception>
    public void Drain(long most)
    {
        var chunk = new byte[ChunkBytes];
        for (int read; (read = Read(chunk)) > 0;)
        {
            if ((most -= read) < 0)
            {
                throw new InvalidDataException("it goes on behind its end");
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        HasEnded |= read == 0 && buffer.Length > 0;
        return read;
    }
}
