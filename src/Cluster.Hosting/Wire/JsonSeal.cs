using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SearchCluster.Hosting.Wire;

/// <summary>Puts a checksum behind JSON, as white space: a changed digit is still JSON, and would be a wrong
/// number that nobody sees.</summary>
/// <remarks>
/// SQLite and PostgreSQL keep no checksum of what they store. The CRC-32C of manifest and JSON is written as sixteen characters, two
/// bits each: every reader of JSON skips them, earlier releases and <c>json_extract</c> among them. What earlier releases wrote ends with a
/// brace, so it is known to have no seal.
/// </remarks>
internal static class JsonSeal
{
    private const int Length = 16;
    private static readonly byte[] Digits = " \t\n\r"u8.ToArray();

    /// <summary>Appends the checksum.</summary>
    /// <param name="json">The JSON; does not end with white space.</param>
    /// <param name="manifest">What it is.</param>
    public static byte[] Close(byte[] json, string manifest)
    {
        var bytes = new byte[json.Length + Length];
        json.CopyTo(bytes, 0);
        var checksum = Checksum(json, manifest);
        for (var i = 0; i < Length; i++)
        {
            bytes[json.Length + i] = Digits[(checksum >> (2 * i)) & 3];
        }

        return bytes;
    }

    /// <summary>Checks and takes off the checksum, where there is one.</summary>
    /// <param name="bytes">What was stored.</param>
    /// <param name="manifest">What it is said to be.</param>
    /// <exception cref="InvalidDataException">The checksum is another one.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> bytes, string manifest)
    {
        if (bytes.Length < Length || bytes[^Length..].IndexOfAnyExcept(Digits) >= 0)
        {
            return bytes;
        }

        var checksum = 0u;
        for (var i = 0; i < Length; i++)
        {
            checksum |= (uint)Array.IndexOf(Digits, bytes[bytes.Length - Length + i]) << (2 * i);
        }

        var json = bytes[..^Length];
        return checksum == Checksum(json, manifest)
            ? json
            : throw new InvalidDataException("the checksum does not fit the content, so bytes of it were changed");
    }

    private static uint Checksum(ReadOnlySpan<byte> json, string manifest)
    {
        var crc = Add(uint.MaxValue, Encoding.UTF8.GetBytes(manifest));
        return ~Add(crc, json);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
