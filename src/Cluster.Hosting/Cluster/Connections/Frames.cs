using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Messages on a stream: four bytes of length, the lowest first, and the message.</summary>
internal static class Frames
{
    private const int LengthBytes = 4;
    private const int SendAt = 64 << 10;

    /// <summary>Hands over each message that arrives, until the other end has sent its last. What is held grows with what has come, not
    /// with what was promised.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="take">Takes a message.</param>
    /// <exception cref="InvalidDataException">A length is not possible.</exception>
    public static async Task ReadAsync(Stream stream, Action<ByteString> take)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: SendAt, leaveOpen: true));
        ReadResult result;
        do
        {
            result = await reader.ReadAsync();
            var buffer = result.Buffer;
            while (TryTake(ref buffer) is { } message)
            {
                take(message);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
        while (!result.IsCompleted);
        await reader.CompleteAsync();
    }

    /// <summary>Sends messages until there will be no more; those that wait together leave together.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="messages">What is sent, in order.</param>
    /// <param name="sent">Told how many bytes have left.</param>
    public static async Task WriteAsync(Stream stream, System.Threading.Channels.ChannelReader<ByteString> messages, Action<int> sent)
    {
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        while (await messages.WaitToReadAsync())
        {
            var bytes = 0;
            while (bytes < SendAt && messages.TryRead(out var message))
            {
                BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(LengthBytes), message.Length);
                writer.Advance(LengthBytes);
                writer.Write(message.Span);
                bytes += message.Length;
            }

            await writer.FlushAsync();
            sent(bytes);
        }

        await writer.CompleteAsync();
    }

    private static ByteString? TryTake(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < LengthBytes)
        {
            return null;
        }

        Span<byte> prefix = stackalloc byte[LengthBytes];
        buffer.Slice(0, LengthBytes).CopyTo(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is <= 0 or > TransportLimits.FrameBytes)
        {
            throw new InvalidDataException($"A frame says it has {length} bytes, but has 1 to {TransportLimits.FrameBytes}.");
        }

        if (buffer.Length < LengthBytes + length)
        {
            return null;
        }

        var message = UnsafeByteOperations.UnsafeWrap(buffer.Slice(LengthBytes, length).ToArray());
        buffer = buffer.Slice(LengthBytes + length);
        return message;
    }
}
