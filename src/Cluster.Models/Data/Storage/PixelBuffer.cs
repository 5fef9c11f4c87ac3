using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Storage;

/// <summary>Bytes of images or masks as they are read: in memory, or in a file.</summary>
internal abstract class PixelBuffer
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Wraps bytes in memory.</summary>
    public static PixelBuffer Of(byte[] bytes) => new Memory(bytes, bytes.Length, ScalarType.Byte);

    /// <summary>The bytes as a tensor on the host.</summary>
    /// <returns>Of the type that was written: uint8 or int16.</returns>
    public abstract Tensor ToTensor(long[] shape);

    /// <summary>All bytes in memory.</summary>
    public abstract byte[] ToArray();

    /// <summary>The first bytes of an array, which tensors share.</summary>
    internal sealed class Memory(byte[] bytes, int length, ScalarType type) : PixelBuffer
    {
        public override long Length => length;

        public override byte[] ToArray() => bytes.Length == length ? bytes : bytes[..length];

        // Given bytes and another type, frombuffer would convert each byte to a number of that type.
        public override Tensor ToTensor(long[] shape) => (type == ScalarType.Int16
            ? frombuffer(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, length)).ToArray(), type)
            : frombuffer(bytes, type, length)).reshape(shape);
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

    private readonly ScratchFile? _file;
    private readonly int _writes;
    private byte[] _memory = [];
    private int _length;

    /// <param name="storage">Where the bytes go.</param>
    /// <param name="writes">How often as many bytes as the first time are written, where it is known: the
    /// memory is taken at once then, which halves its peak.</param>
    public PixelWriter(DataStorage storage, int writes = 1) => (_file, _writes) = (storage == DataStorage.Disk ? new() : null, writes);

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">What follows those that are there.</param>
    /// <param name="name">Where they come from, for messages.</param>
    /// <exception cref="DataException">SC3011: they do not fit in memory; SC3017: the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes, string name)
    {
        if (_file is not null)
        {
            _file.Write(bytes);
            return;
        }

        var needed = _length + (bytes.Length * (_length == 0 ? (long)_writes : 1));
        if (needed > MaximumBytes)
        {
            throw new DataException(
                DataCodes.TooLarge,
                $"{name} holds more than {MaximumBytes} bytes of pixels; use data.storage: disk, data.limit, or a smaller "
                    + $"data.images.width and height.");
        }

        if (needed > _memory.Length)
        {
            Array.Resize(ref _memory, (int)Math.Clamp(2L * _memory.Length, needed, MaximumBytes));
        }

        bytes.CopyTo(_memory.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>All that was written; nothing may be written afterwards.</summary>
    /// <param name="type">What the bytes are: uint8 or int16.</param>
    public PixelBuffer ToBuffer(ScalarType type = ScalarType.Byte) => _file is null
        ? new PixelBuffer.Memory(_memory, _length, type)
        : new PixelBuffer.Mapped(MappedTensor.Map(_file, [type == ScalarType.Int16 ? _file.Length / sizeof(short) : _file.Length], type));

    public void Dispose() => _file?.Dispose();
}
