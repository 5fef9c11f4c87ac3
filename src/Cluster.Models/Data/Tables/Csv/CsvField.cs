using System.Buffers.Text;
using System.Text;

namespace SearchCluster.Models.Data.Tables.Csv;

/// <summary>Where one field lies in the file.</summary>
/// <param name="Start">Offset of its first byte, inside the quotes.</param>
/// <param name="Length">Bytes, without the quotes.</param>
/// <param name="Position">Column of its first character in the line, from 1, in bytes.</param>
/// <param name="IsEscaped">True when it holds doubled quotes.</param>
internal readonly record struct CsvField(int Start, int Length, int Position, bool IsEscaped)
{
    public string TextIn(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content, Start, Length);
        return IsEscaped ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Reads a finite number, blanks around it allowed.</summary>
    public bool TryNumber(byte[] content, out double value)
    {
        var bytes = content.AsSpan(Start, Length).Trim(" \t"u8);
        if (bytes is [(byte)'+', not ((byte)'+' or (byte)'-'), ..])
        {
            bytes = bytes[1..];
        }

        // A magnitude beyond double comes back as infinity; it is a number all the same, and refused by range.
        return Utf8Parser.TryParse(bytes, out value, out var used)
            && used == bytes.Length
            && !bytes.IsEmpty
            && !char.IsAsciiLetter((char)bytes[^1]);
    }
}
