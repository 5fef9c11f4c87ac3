using System.Text;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Characters of a text as their numbers in an alphabet.</summary>
/// <param name="Symbols">The alphabet, in order: Unicode characters, each of which may take two places of the text.</param>
/// <param name="Window">Characters that a row shows.</param>
/// <param name="Horizon">How many characters after the window the answer lies.</param>
/// <param name="Stride">Characters from one row of the training data to the next; null in files of early
/// releases, and for the window.</param>
public sealed record TextPreprocessing(string Symbols, int Window, int Horizon, int? Stride = null) : InputPreprocessing
{
    // What a text that is shorter than a window begins with, where the alphabet has it.
    private static readonly Rune[] Padding = [new('\n'), new(' ')];

    /// <summary>Those of the alphabet that the training part never had, so that nothing was learned of them; null for none, and in
    /// models of earlier releases.</summary>
    public string? Untrained { get; init; }

    /// <summary>Characters of the alphabet.</summary>
    internal int Size => Symbols.EnumerateRunes().Count();

    /// <summary>Looks at a text that the model is to read.</summary>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <param name="text">All characters of it.</param>
    /// <param name="isLastWindow">Whether only its last window is read.</param>
    /// <returns>What a person should know, a sentence each.</returns>
    /// <exception cref="DataException">SC4121: a character that the alphabet lacks.</exception>
    public ValueArray<string> Check(string name, string text, bool isLastWindow)
    {
        ArgumentNullException.ThrowIfNull(text);
        Rune[] all = [.. text.EnumerateRunes()];
        var start = isLastWindow ? Math.Max(0, all.Length - Window) : 0;
        var codes = Codes();
        if (Array.FindIndex(all, start, rune => !codes.ContainsKey(rune)) is >= 0 and var unknown)
        {
            throw Unknown(all[unknown], codes.Count, TextCharacters.PlaceOf(name, all, unknown));
        }

        return [.. TextCharacters.Tell(
            Untrained ?? "",
            all.Skip(start),
            isLastWindow ? "characters that the model looks at" : "characters of the text",
            $"{name}: ",
            "so that its answers to them mean nothing")];
    }

    /// <summary>Takes the last window of each text.</summary>
    /// <param name="texts">Texts; shorter ones are padded at their start.</param>
    /// <returns>Int64, shape [texts, window], on the host.</returns>
    /// <exception cref="DataException">SC4121: a character that the alphabet lacks.</exception>
    internal Tensor Encode(IReadOnlyList<string> texts)
    {
        var codes = Codes();
        var padding = codes[Padding.FirstOrDefault(codes.ContainsKey, Symbols.EnumerateRunes().First())];
        var inputs = new long[texts.Count * Window];
        for (var i = 0; i < texts.Count; i++)
        {
            long[] shown = [.. texts[i].EnumerateRunes().TakeLast(Window).Select(rune => CodeOf(rune, codes))];
            var row = inputs.AsSpan(i * Window, Window);
            row[..(Window - shown.Length)].Fill(padding);
            shown.CopyTo(row[(Window - shown.Length)..]);
        }

        return tensor(inputs, [texts.Count, Window]);
    }

    /// <summary>Cuts a text into windows whose answer it holds, as far apart as those of the training data.</summary>
    /// <param name="text">At least a window with its answer.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <returns>Inputs, int64, shape [rows, window], and the number of the character that follows each, shape
    /// [rows]; on the host.</returns>
    /// <exception cref="DataException">SC3013: it is shorter than a window with its answer; SC4121: a character
    /// that the alphabet lacks.</exception>
    internal (Tensor Inputs, Tensor Answers) Windows(string text, string name)
    {
        Check(name, text, isLastWindow: false);
        var codes = Codes();
        var all = tensor(text.EnumerateRunes().Select(rune => CodeOf(rune, codes)).ToArray());
        var windows = new Series.Windows(Window, Horizon, Stride ?? Window);
        windows.Check(name, (int)all.size(0), "characters", "give a longer text");
        var rows = windows.Count((int)all.size(0));
        var starts = Scalars.Count(rows).mul(Scalars.Of((long)windows.Stride));
        var inputs = all.index_select(0, starts.unsqueeze(1).Plus(Scalars.Count(Window)).flatten()).reshape(rows, Window);
        return (inputs, all.index_select(0, starts.Plus(tensor((long)Window + Horizon - 1))));
    }

    private Dictionary<Rune, long> Codes() =>
        Symbols.EnumerateRunes().Select((symbol, code) => (symbol, code)).ToDictionary(entry => entry.symbol, entry => (long)entry.code);

    private static long CodeOf(Rune rune, Dictionary<Rune, long> codes) =>
        codes.TryGetValue(rune, out var code) ? code : throw Unknown(rune, codes.Count, "The text");

    private static DataException Unknown(Rune rune, int known, string place)
    {
        var lineEnds = rune.Value == '\r'
            ? ", and lines that end as on Unix: a carriage return (CR) before each line feed is Windows' way; "
                + "save the text with line ends LF"
            : "";
        return new(
            ModelCodes.Unseen,
            $"{place} has the character {TextCharacters.Name(rune)}, which the training text never had; "
                + $"the model knows {known} characters{lineEnds}.");
    }
}
