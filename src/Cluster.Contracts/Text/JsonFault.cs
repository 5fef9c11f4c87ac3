using System.Text;
using System.Text.Unicode;

namespace SearchCluster.Contracts.Text;

/// <summary>What is wrong with the form of a JSON text that a person gave, in words for that person.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong, as a clause without a full stop.</param>
/// <param name="Help">The next step.</param>
/// <param name="IsRepetition">Whether a name occurs twice in one object.</param>
public sealed record JsonFault(int Line, int Column, string Message, string Help, bool IsRepetition = false)
{
    private const int DefaultDepth = 64;

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Place and fault, as the rest of a sentence.</summary>
    public string Sentence => FormattableString.Invariant($"line {Line}, column {Column}: {Message}{(Message.EndsWith('?') ? "" : ".")}");

    /// <summary>Looks a text over before anything is read from it: what passes can be read without surprises.</summary>
    /// <param name="json">The text, in UTF-8; a byte order mark is skipped.</param>
    /// <param name="depth">How deep lists and objects may lie in each other.</param>
    /// <param name="allowsRepetition">Whether a name may occur twice in an object.</param>
    /// <returns>The first fault; null for strict JSON with finite numbers, whole characters and each name once.</returns>
    public static JsonFault? Find(ReadOnlySpan<byte> json, int depth = DefaultDepth, bool allowsRepetition = false)
    {
        var text = WithoutMark(json);
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new(1, 1, "the text is UTF-16, not UTF-8", "save it as UTF-8");
        }

        return FindOtherBytes(text) is >= 0 and var index
            ? At(text, index, FormattableString.Invariant($"byte 0x{text[index]:X2} is not UTF-8"), "save it as UTF-8")
            : text.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? At(text, 0, "the text is empty", "write a JSON object, in braces")
            : new JsonFaultFinder(text, depth, allowsRepetition).Find();
    }

    /// <summary>Leaves a byte order mark out, which the serializer does not take.</summary>
    /// <param name="json">A text in UTF-8.</param>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(Mark) ? json[Mark.Length..] : json;

    /// <summary>Makes one for a byte of a text.</summary>
    internal static JsonFault At(ReadOnlySpan<byte> text, int index, string message, string help, bool isRepetition = false)
    {
        var before = text[..Math.Min(index, text.Length)];
        var line = before.Count((byte)'\n') + 1;
        return new(line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1, message, help, isRepetition);
    }

    private static int FindOtherBytes(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return -1;
        }

        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }
}
