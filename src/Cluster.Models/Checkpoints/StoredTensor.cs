using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SearchCluster.Models.Checkpoints;

/// <summary>Element types that this product stores; names as in safetensors.</summary>
internal enum StoredType
{
    F32,
    F64,
    I64,
    U8,
}

/// <summary>A named tensor as bytes: little-endian, row-major.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes; empty for a single number.</param>
/// <param name="Bytes">The elements.</param>
internal sealed record StoredTensor(string Name, StoredType Type, long[] Shape, ReadOnlyMemory<byte> Bytes)
{
    public static StoredTensor Of(string name, long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return new(name, StoredType.I64, [], bytes);
    }

    public static StoredTensor Of(string name, byte[] value) => new(name, StoredType.U8, [value.Length], value);

    public static StoredTensor Of(string name, ReadOnlySpan<double> values, params long[] shape) =>
        new(name, StoredType.F64, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static StoredTensor Of(string name, ReadOnlySpan<float> values, params long[] shape) =>
        new(name, StoredType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static int SizeOf(StoredType type) => type switch
    {
        StoredType.F32 => 4,
        StoredType.U8 => 1,
        _ => 8,
    };

    public StoredTensor Under(string prefix) => this with { Name = $"{prefix}/{Name}" };

    public long ToInt64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes.Span);

    public double[] ToDoubles() => MemoryMarshal.Cast<byte, double>(Bytes.Span).ToArray();

    public float[] ToSingles() => MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray();
}
