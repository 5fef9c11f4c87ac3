using System.Text;
using System.Text.Unicode;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Syntax;

/// <summary>Turns the bytes of a file into text, or says which byte or character cannot be in a spec.</summary>
internal static class SourceText
{
    /// <summary>Decodes and checks a file.</summary>
    /// <param name="content">Its bytes; a UTF-8 byte order mark is skipped.</param>
    /// <param name="problems">Gets the problem.</param>
    /// <returns>The text; null when it cannot be used.</returns>
    public static string? Decode(ReadOnlySpan<byte> content, ProblemList problems)
    {
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.Error(SpecCodes.BadBytes, Position.Start, "", "the file is UTF-16, not UTF-8", "save it as UTF-8");
            return null;
        }

        var validLength = ValidLength(content);
        var text = Encoding.UTF8.GetString(content[..validLength]);
        if (validLength < content.Length)
        {
            problems.Error(
                SpecCodes.BadBytes,
                PositionOf(text, text.Length),
                "",
                $"byte 0x{content[validLength]:X2} is not UTF-8",
                "save the file as UTF-8");
            return null;
        }

        return IsFreeOfControls(text, problems) ? text : null;
    }

    /// <summary>Finds the first control character that no value may hold.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Its index, or -1.</returns>
    public static int FindControl(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] is not ('\t' or '\n' or '\r'))
                || text[i] is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Counts lines and columns.</summary>
    /// <param name="text">All of it; LF, CR and CR LF end a line.</param>
    /// <param name="index">An index into it.</param>
    /// <returns>The place.</returns>
    public static Position PositionOf(ReadOnlySpan<char> text, int index)
    {
        var before = text[..index];
        var lastBreak = before.LastIndexOfAny('\n', '\r');
        var breaks = before.Count('\n') + before.Count('\r') - before.Count("\r\n");
        return new Position(breaks + 1, index - lastBreak);
    }

    private static bool IsFreeOfControls(string text, ProblemList problems)
    {
        var index = FindControl(text);
        if (index < 0)
        {
            return true;
        }

        problems.Error(
            SpecCodes.BadBytes,
            PositionOf(text, index),
            "",
            $"the file holds the control character {Display.CodePoint(new Rune(text[index]))}",
            "remove it; a spec is plain text");
        return false;
    }

    private static int ValidLength(ReadOnlySpan<byte> content)
    {
        if (Utf8.IsValid(content))
        {
            return content.Length;
        }

        var length = 0;
        while (Rune.DecodeFromUtf8(content[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }
}
