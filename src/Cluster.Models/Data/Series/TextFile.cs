using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SearchCluster.Models.Data.Series;

/// <summary>Texts in files: UTF-8, nothing else.</summary>
public static class TextFile
{
    /// <summary>Bytes that a text may have.</summary>
    public const int MaximumBytes = 256 << 20;

    /// <summary>Reads a text.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>Its characters, without a byte order mark.</returns>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3010: it is no UTF-8; SC3011: it is too large.</exception>
    public static string Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Decode(Path.GetFileName(path), DataFiles.Read(path, MaximumBytes));
    }

    /// <summary>Reads the bytes of a text.</summary>
    /// <param name="name">File name for messages.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="DataException">SC3010: they are no UTF-8.</exception>
    /// <returns>Its characters, without a byte order mark.</returns>
    public static string Decode(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (FirstWrong(content) is { } place)
        {
            var before = content.AsSpan(0, place);
            throw new DataException(DataCodes.NotUtf8, string.Create(
                CultureInfo.InvariantCulture,
                $"{name}:{before.Count((byte)'\n') + 1}:{place - before.LastIndexOf((byte)'\n')} holds the byte 0x{content[place]:X2}, which is no UTF-8 text; save it as UTF-8."));
        }

        return Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
    }

    // A zero byte is valid UTF-8, but no text has one.
    private static int? FirstWrong(byte[] content)
    {
        var zero = content.AsSpan().IndexOf((byte)0);
        if (zero < 0 && Utf8.IsValid(content))
        {
            return null;
        }

        var place = 0;
        while (place < content.Length && place != zero && Rune.DecodeFromUtf8(content.AsSpan(place), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            place += length;
        }

        return place;
    }
}
