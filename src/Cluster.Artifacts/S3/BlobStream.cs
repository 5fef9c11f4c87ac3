using Amazon.Runtime;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.S3;

/// <summary>Content of an object store as a stream that seeks: it is asked for from where it is read, and again where that is cut
/// off.</summary>
/// <remarks>Who reads it compares the hash: a coordinator that serves it sends the hash along.</remarks>
/// <param name="bucket">Where it is.</param>
/// <param name="key">Its object.</param>
/// <param name="bytes">Its length.</param>
internal sealed class BlobStream(S3Bucket bucket, string key, long bytes) : Stream
{
    private const int MostCuts = 5;

    private Stream? _content;
    private long _position;
    private int _cuts;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes;

    public override long Position
    {
        get => _position;
        set
        {
            if (value != _position)
            {
                _content?.Dispose();
                (_content, _position) = (null, value);
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < bytes && buffer.Length > 0)
        {
            try
            {
                _content ??= await bucket.OpenAsync(key, _position, bytes, cancellationToken)
                    ?? throw new ArtifactException(ModelCodes.NoArtifact, $"The content {key} was replaced while it was read.");
                var most = (int)Math.Min(buffer.Length, bytes - _position);
                if (await _content.ReadAsync(buffer[..most], cancellationToken) is > 0 and var read)
                {
                    (_position, _cuts) = (_position + read, 0);
                    return read;
                }

                throw new EndOfStreamException($"{key} ended after {_position} of {bytes} bytes.");
            }
            catch (Exception cut) when (IsCut(cut) && _cuts < MostCuts)
            {
                _cuts++;
                await (_content?.DisposeAsync() ?? ValueTask.CompletedTask);
                _content = null;
            }
        }

        return 0;
    }

    // The client library compares the tag at the end of what it read from the beginning; here the hash decides.
    private static bool IsCut(Exception failure) =>
        failure is HttpRequestException or AmazonClientException or (IOException and not StorageTroubleException);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => bytes,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content?.Dispose();
        }

        base.Dispose(disposing);
    }
}
