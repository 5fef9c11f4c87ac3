using System.Security.Cryptography;
using System.Text;

namespace SearchCluster.Security.Files;

/// <summary>Secrets as people and scanners handle them: random letters and digits, and a checksum by which a mistyped one is told at once,
/// and a leaked one is found.</summary>
public static class SecretText
{
    /// <summary>Characters of a checksum.</summary>
    public const int ChecksumLength = 6;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Makes a secret from the system's secure random source.</summary>
    /// <param name="length">In characters, each worth almost 6 bits.</param>
    public static string Create(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>The checksum of a text.</summary>
    /// <param name="text">ASCII only.</param>
    /// <returns>Letters and digits.</returns>
    public static string Checksum(string text)
    {
        var remainder = Crc32(Encoding.ASCII.GetBytes(text));
        var checksum = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            checksum[i] = Alphabet[(int)(remainder % (uint)Alphabet.Length)];
            remainder /= (uint)Alphabet.Length;
        }

        return new string(checksum);
    }

    // The reflected CRC-32 of IEEE 802.3, bit by bit: some dozen bytes, once per token.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
            }
        }

        return ~crc;
    }
}
