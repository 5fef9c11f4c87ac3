using System.Text;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Series;

/// <summary>Windows of a text; the answer is the character that follows each.</summary>
/// <param name="name">Where it comes from, for messages.</param>
/// <param name="text">Its characters: whole ones, since half of one is no text.</param>
/// <param name="windows">How it is cut.</param>
internal sealed class TextSamples(string name, Rune[] text, Windows windows) : Samples(name)
{
    private const int MaximumSymbols = 4_096;

    public IReadOnlyList<Rune> Text => text;

    public int WindowLength => windows.Length;

    public override int Rows => windows.Count(text.Length);

    public override bool IsOrdered => true;

    /// <summary>Reads a text file; <c>data.limit</c> counts characters.</summary>
    /// <exception cref="DataException">SC3010: no UTF-8; SC3013: shorter than a window; SC3009: too many different characters.</exception>
    public static TextSamples Read(DataRequest request)
    {
        var spec = request.Spec;
        var (name, content) = TextFile.Read(request.Files.Checked(spec.Sha256));
        var all = content.EnumerateRunes();
        Rune[] text = [.. spec.Limit is { } limit ? all.Take(limit) : all];
        var windows = Windows.Of(spec.Series, window: 64, stride: 0);
        windows.Check(name, text.Length, "characters");
        return new(name, text, windows);
    }

    public override FittedSamples Fit(int[] train)
    {
        Rune[] symbols = [.. text.Distinct().Order()];
        if (symbols.Length is < 2 or > MaximumSymbols)
        {
            throw new DataException(
                DataCodes.Labels, $"{Name} has {symbols.Length} different characters, but must have 2 to {MaximumSymbols}.");
        }

        // The training part is a beginning, up to the last character that one of its windows answers.
        var known = train.Length == 0 ? text.Length : windows.Start(train.Max()) + windows.Length + windows.Horizon;
        var learned = text.Take(known).ToHashSet();
        var untrained = string.Concat(symbols.Where(symbol => !learned.Contains(symbol)));
        var codes = symbols.Select((symbol, code) => (symbol, code)).ToDictionary(entry => entry.symbol, entry => (long)entry.code);
        var all = tensor(text.Select(symbol => codes[symbol]).ToArray());
        var starts = Scalars.Count(Rows).mul(Scalars.Of((long)windows.Stride));
        var inputs = all.index_select(0, starts.unsqueeze(1).Plus(Scalars.Count(windows.Length)).flatten()).reshape(Rows, windows.Length);
        return new(
            new([windows.Length], TargetKind.Class, [], symbols.Select(symbol => symbol.ToString()).ToValueArray(), [], symbols.Length),
            new TextPreprocessing(string.Concat(symbols), windows.Length, windows.Horizon, windows.Stride)
            {
                Untrained = untrained.Length == 0 ? null : untrained,
            },
            inputs,
            all.index_select(0, starts.Plus(tensor((long)windows.Length + windows.Horizon - 1))),
            TargetScaling.None,
            [.. TextCharacters.Tell(
                untrained, text.Skip(known), "characters after the training part", $"{Name}: ", "so that no model can learn them")]);
    }
}
