namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>Reads no more than a number of bytes until that is lifted: whoever has shown nothing yet makes nobody keep more.</summary>
/// <param name="inner">The connection.</param>
/// <param name="limit">Bytes.</param>
internal sealed class BoundedStream(Stream inner, int limit) : Stream
{
    private int _left = limit;
    private volatile bool _isLifted;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The other end has shown who it is.</summary>
    public void Lift() => _isLifted = true;

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isLifted)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        if (_left == 0)
        {
            throw new InvalidDataException("A handshake takes more bytes than any needs.");
        }

        var read = await inner.ReadAsync(buffer.Length > _left ? buffer[.._left] : buffer, cancellationToken);
        _left -= read;
        return read;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    /// <inheritdoc />
    public override void Flush() => inner.Flush();

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
