using System.Buffers;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Storage;

/// <summary>Bytes of images or masks as they are read: in memory, or in a file.</summary>
internal abstract class PixelBuffer
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Wraps bytes in memory.</summary>
    public static PixelBuffer Of(byte[] bytes) => new Memory(bytes, ScalarType.Byte);

    /// <summary>Wraps bytes in memory that are numbers of another type.</summary>
    public static PixelBuffer Of(byte[] bytes, ScalarType type) => new Memory(bytes, type);

    /// <summary>The bytes as a tensor on the host.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>Of the type that was written: uint8 or int16.</returns>
    public abstract Tensor ToTensor(long[] shape);

    /// <summary>All bytes in memory.</summary>
    public abstract byte[] ToArray();

    private sealed class Memory(byte[] bytes, ScalarType type) : PixelBuffer
    {
        public override long Length => bytes.Length;

        public override byte[] ToArray() => bytes;

        public override Tensor ToTensor(long[] shape) =>
            type == ScalarType.Int16 ? tensor(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), shape) : tensor(bytes, shape, type);
    }

    /// <summary>Bytes in a mapped file, for as long as this object or a tensor of it lives.</summary>
    internal sealed class Mapped(Tensor bytes) : PixelBuffer
    {
        public override long Length => bytes.numel() * bytes.element_size();

        public override byte[] ToArray() => bytes.bytes.ToArray();

        public override Tensor ToTensor(long[] shape) => bytes.reshape(shape);
    }
}

/// <summary>Collects bytes of images or masks.</summary>
internal sealed class PixelWriter : IDisposable
{
    private const int MaximumBytes = 2_000_000_000;

    private readonly ArrayBufferWriter<byte> _memory = new();
    private readonly ScratchFile? _file;

    /// <param name="storage">Where the bytes go.</param>
    public PixelWriter(DataStorage storage) => _file = storage == DataStorage.Disk ? new() : null;

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">Where they come from, for messages.</param>
    /// <exception cref="DataException">SC3011: they do not fit in memory; SC3017: the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes, string name)
    {
        if (_file is not null)
        {
            _file.Write(bytes);
            return;
        }

        if ((long)_memory.WrittenCount + bytes.Length > MaximumBytes)
        {
            throw new DataException("SC3011", $"{name} holds more than {MaximumBytes} bytes of pixels; use data.storage: disk, data.limit, or a smaller data.images.width and height.");
        }

        _memory.Write(bytes);
    }

    /// <summary>All that was written; nothing may be written afterwards.</summary>
    /// <param name="type">What the bytes are: uint8 or int16.</param>
    public PixelBuffer ToBuffer(ScalarType type = ScalarType.Byte) => _file is null
        ? PixelBuffer.Of(_memory.WrittenSpan.ToArray(), type)
        : new PixelBuffer.Mapped(MappedTensor.Map(_file, [type == ScalarType.Int16 ? _file.Length / sizeof(short) : _file.Length], type));

    public void Dispose() => _file?.Dispose();
}
