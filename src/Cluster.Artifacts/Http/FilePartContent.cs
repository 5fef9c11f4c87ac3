using System.Buffers;
using System.Net;
using Microsoft.Win32.SafeHandles;

namespace SearchCluster.Artifacts.Http;

/// <summary>Part of a file as the body of a request; may be sent again.</summary>
/// <param name="file">Open for reading, as long as requests are sent.</param>
/// <param name="offset">Bytes before the part.</param>
/// <param name="count">Bytes of the part.</param>
internal sealed class FilePartContent(SafeFileHandle file, long offset, int count) : HttpContent
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Called whenever some of it was taken; null for nobody.</summary>
    public Action? Moved { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var sent = 0; sent < count;)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(0, Math.Min(BufferBytes, count - sent)), offset + sent);
                ArgumentOutOfRangeException.ThrowIfZero(read);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                sent += read;
                Moved?.Invoke();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = count;
        return true;
    }
}
