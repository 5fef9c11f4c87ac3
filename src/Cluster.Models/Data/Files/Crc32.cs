using System.Buffers.Binary;

namespace SearchCluster.Models.Data.Files;

/// <summary>The checksum of zip archives.</summary>
/// <remarks>Source: ISO 3309 (polynomial 0x04C11DB7, bits reversed), as zip's APPNOTE.TXT names it, section 4.4.7. Eight bytes at a time:
/// Kounavis and Berry, "A systematic approach to building high performance, software-based, CRC generators", ISCC 2005.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[] Table = Build();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var (low, high) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
            crc = At(7, low) ^ At(6, low >> 8) ^ At(5, low >> 16) ^ At(4, low >> 24) ^ At(3, high) ^ At(2, high >> 8) ^ At(
                1, high >> 16) ^ At(0, high >> 24);
        }

        foreach (var one in bytes)
        {
            crc = At(0, crc ^ one) ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint At(int slice, uint value) => Table[(slice << 8) | (int)(value & 0xFF)];

    private static uint[] Build()
    {
        var table = new uint[Slices << 8];
        for (var i = 0; i < 256; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        }

        return table;
    }
}
