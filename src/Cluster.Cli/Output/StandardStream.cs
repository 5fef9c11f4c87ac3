namespace SearchCluster.Cli.Output;

/// <summary>A standard stream of the process, which may be closed, or lead to a full disk.</summary>
/// <remarks>Of the one that carries data a failure ends the command; what nobody can read on the other is dropped.</remarks>
internal sealed class StandardStream(Stream inner, bool carriesData) : Stream
{
    private bool _isBroken;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Said once: what follows, and the disposal at the end, has nobody to be told to.
            _isBroken = true;
            if (carriesData)
            {
                throw new OutputBrokenException(exception.Message);
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Standard output cannot be written.</summary>
/// <param name="reason">Why, as the operating system says it.</param>
internal sealed class OutputBrokenException(string reason) : Exception(reason);
