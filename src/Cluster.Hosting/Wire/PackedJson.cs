using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Hosting.Wire;

/// <summary>JSON in gzip, written piece by piece, so that a snapshot of ten thousand trials is never one text in memory.</summary>
/// <remarks>
/// The snapshot of a search with 10,000 trials has about 10 MB of JSON, most of it the same names again and again. The serializer's own
/// ways to a stream or an array grow a pooled buffer to the whole text, and every thread that did so once keeps
/// its buffers: 100 MB in a coordinator.
/// </remarks>
internal static class PackedJson
{
    /// <summary>Tells packed JSON from plain JSON, which never starts with gzip's first byte.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    public static byte[] Write(object value, JsonTypeInfo type)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(new Pieces(packer)))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        return packed.ToArray();
    }

    /// <summary>Unpacks and reads a snapshot piece by piece.</summary>
    /// <param name="bytes">What <see cref="Write"/> made of it.</param>
    /// <returns>The snapshot; null where the serializer has to judge the whole text, and to say what is wrong.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those that were packed.</exception>
    public static SearchSnapshot? TryReadSnapshot(byte[] bytes)
    {
        using var packed = new MemoryStream(bytes, writable: false);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        try
        {
            return StreamedSnapshot.TryRead(unpacked);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Unpacks the JSON.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those that were packed.</exception>
    public static ReadOnlySpan<byte> Open(byte[] bytes)
    {
        using var packed = new MemoryStream(bytes, writable: false);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var text = new MemoryStream();
        unpacked.CopyTo(text);
        return text.GetBuffer().AsSpan(0, (int)text.Length);
    }

    /// <summary>Passes on what was written as soon as the writer says how much it was.</summary>
    private sealed class Pieces(Stream stream) : IBufferWriter<byte>
    {
        private byte[] _piece = new byte[1 << 14];

        public void Advance(int count) => stream.Write(_piece, 0, count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > _piece.Length)
            {
                _piece = new byte[sizeHint];
            }

            return _piece;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
