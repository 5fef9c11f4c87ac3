using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Terminal;

/// <summary>A standard stream of the process. One that is closed or cannot be written ends the command in
/// words; the stream for errors has nobody left to tell.</summary>
/// <param name="inner">The stream.</param>
/// <param name="isForErrors">True to go on without it.</param>
internal sealed class StandardStream(Stream inner, bool isForErrors) : Stream
{
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
        try
        {
            inner.Write(buffer);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Refuse(refused);
        }
        catch (ArgumentOutOfRangeException) when (!isForErrors)
        {
            // What the runtime makes of EFBIG, the answer to a write past the limit of ulimit -f.
            throw new CliException(
                ExitCodes.StorageTrouble,
                StorageText.Sentence(StorageTrouble.FileTooLarge, "Standard output"),
                null,
                StorageCodes.FileTooLarge);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Refuse(refused);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Refuse(Exception refused)
    {
        if (isForErrors)
        {
            return;
        }

        throw StorageTroubles.Of(refused) is { } trouble
            ? new CliException(
                ExitCodes.StorageTrouble, StorageText.LastWord(trouble, "Standard output"), null, StorageText.CodeOf(trouble))
            : new CliException(
                ExitCodes.StorageTrouble,
                "Standard output cannot be written: it is closed.",
                "keep it open, or send it to a file or to /dev/null",
                CommandCodes.OutputUnwritable);
    }
}
