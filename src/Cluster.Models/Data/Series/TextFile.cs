using System.Globalization;
using System.Text;
using System.Text.Unicode;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Series;

/// <summary>Texts in files: UTF-8, plain or gzipped.</summary>
public static class TextFile
{
    /// <summary>Bytes that a text may have.</summary>
    public const int MaximumBytes = 256 << 20;
    private const int MostShown = 10;

    /// <summary>Reads a text.</summary>
    /// <param name="path">Path of the file, plain or gzipped; or of a folder or archive that holds one text.</param>
    /// <returns>Its characters, without a byte order mark.</returns>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3010: it is no UTF-8; SC3011: it is too
    /// large; SC3121: its gzip is damaged.</exception>
    public static string Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(FileTree.Open(path)).Text;
    }

    /// <summary>Reads the only text of a folder or archive, or the file.</summary>
    /// <exception cref="DataException">SC3000: it holds none, or several; or as <see cref="Read(string)"/>.</exception>
    internal static (string Name, string Text) Read(FileTree files)
    {
        string[] texts = [.. files.Paths.Where(path => files.IsFile || TableFiles.IsText(path))];
        texts = texts.Length == 0 && files.Paths.Count() == 1 ? [.. files.Paths] : texts;
        if (texts is [var one])
        {
            return (files.TitleOf(one), Decode(files.TitleOf(one), files.Read(one, MaximumBytes)));
        }

        var names = texts.Length == 0
            ? ""
            : $": name one of {string.Join(", ", texts.Take(MostShown).Select(DisplayText.ShortenPath))}"
                + $"{(texts.Length > MostShown ? ", …" : "")}";
        throw new DataException(
            DataCodes.NotTheLayout, $"{files.Name} holds {texts.Length} texts (.txt, also .gz), but a text is one file{names}.");
    }

    /// <summary>Reads the bytes of a text.</summary>
    /// <param name="name">File name for messages.</param>
    /// <param name="content">The bytes, plain or gzipped.</param>
    /// <exception cref="DataException">SC3010: they are no UTF-8; SC3011: they unpack to too many; SC3121: the gzip is damaged; SC3305:
    /// they are another format.</exception>
    /// <returns>Its characters, without a byte order mark.</returns>
    public static string Decode(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var packed = WholeGzip.Fits(content);
        content = packed ? WholeGzip.All(name, content, MaximumBytes, "a text") : content;
        if (FileKind.Of(content) is { } kind)
        {
            throw new DataException(
                DataCodes.UnreadFormat,
                $"{name} is {kind.Name}{(packed ? " in a gzip" : "")}, but a text is expected; save the text itself as UTF-8.");
        }

        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new DataException(DataCodes.NotUtf8, $"{name} is UTF-16 (by its byte order mark); save it as UTF-8.");
        }

        if (FirstWrong(content) is { } place)
        {
            var before = content.AsSpan(0, place);
            var why = content[place] == 0
                ? "a control character (NUL) that no text has; remove it, or name the file that is the text"
                : "which is no UTF-8 text; save it as UTF-8";
            throw new DataException(DataCodes.NotUtf8, string.Create(
                CultureInfo.InvariantCulture,
                $"{name}:{before.Count((byte)'\n') + 1}:{place - before.LastIndexOf((byte)'\n')} holds the byte 0x{content[place]:X2}, "
                    + $"{why}."));
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
        while (place < content.Length
            && place != zero
            && Rune.DecodeFromUtf8(content.AsSpan(place), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            place += length;
        }

        return place;
    }
}
