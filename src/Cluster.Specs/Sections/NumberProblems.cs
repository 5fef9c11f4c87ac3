using System.Text;
using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Sections;

/// <summary>Says why a value is not a number.</summary>
internal static class NumberProblems
{
    /// <summary>Explains a value that should be a finite number.</summary>
    /// <param name="node">The value.</param>
    /// <param name="isWhole">Whether it should be a whole number.</param>
    /// <returns>The end of a sentence about it, and the next step.</returns>
    public static (string Message, string Help) Explain(SpecNode node, bool isWhole = false)
    {
        if (node is not ScalarNode scalar)
        {
            return (node is MappingNode ? "is a mapping, not a number" : "is a list, not a number", "write one number, for example 0.5");
        }

        var text = scalar.Text;
        var shown = Display.Quoted(text);
        if (scalar.Style == ScalarStyle.Quoted && Scalars.Classify(text).IsNumber)
        {
            return ($"is {shown}, a quoted text, not a number", "remove the quotes");
        }

        return Scalars.Classify(scalar) switch
        {
            { Kind: ScalarKind.Null } => ("is empty, but must be a number", "write a number, for example 0.5"),
            { Kind: ScalarKind.Boolean } => ($"is {text}, not a number", "write a number, for example 0.5"),
            { Kind: ScalarKind.Real } => ($"is {Display.Text(text)}, but must be finite", "write a number between -1.7e308 and 1.7e308"),
            _ when Scalars.WithoutGroups(text) is { } digits => !isWhole && Scalars.IsDecimalComma(text)
                ? ($"is {shown}; the comma may stand for a decimal point or between thousands",
                    $"write {Display.Text(text.Replace(',', '.'))} or {digits}")
                : ($"is {shown}; digits cannot be grouped", $"write {digits}"),
            _ when Scalars.IsDecimalComma(text) => isWhole
                ? ($"is {shown}; this looks like a decimal comma", "write a whole number, in digits only")
                : ($"is {shown}; this looks like a decimal comma", $"write {Display.Text(text.Replace(',', '.'))}"),
            _ when FirstUnusual(text) is { } rune =>
                ($"is {shown}, which holds {Display.CodePoint(rune)}", "type the digits 0-9, '.', '-' and 'e' on a plain keyboard"),
            _ when text.Contains('_') => ($"is {shown}; digits cannot be grouped with '_'", "write the digits without it"),
            _ => ($"is {shown}, not a number", "write a number, for example 0.5 or 1e-3"),
        };
    }

    /// <summary>Tells what else a number may mean where a whole one is due: <c>5.000</c> is 5 here, and 5000 to many people.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The end of a sentence about it, and the next step; null where it means one thing only.</returns>
    public static (string Message, string Help)? ExplainTwofold(SpecNode node) =>
        node is ScalarNode { Style: not ScalarStyle.Quoted, Text: var text } && Scalars.IsTwofold(text)
            ? ($"is {text}, which may mean {text[..^4]} or {text.Remove(text.Length - 4, 1)}",
                $"write {text[..^4]} or {text.Remove(text.Length - 4, 1)}")
            : null;

    private static Rune? FirstUnusual(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii)
            {
                return rune;
            }
        }

        return null;
    }
}
