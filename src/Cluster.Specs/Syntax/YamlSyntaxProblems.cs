using System.Text;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Text;
using YamlDotNet.Core;

namespace SearchCluster.Specs.Syntax;

/// <summary>Says in a user's words what the YAML parser could not read, and where it began.</summary>
internal static class YamlSyntaxProblems
{
    /// <summary>Reports a parser's exception.</summary>
    /// <param name="exception">What the parser threw.</param>
    /// <param name="text">The file.</param>
    /// <param name="builder">Knows which brackets are open; gets the problem.</param>
    public static void Explain(YamlException exception, string text, TreeBuilder builder)
    {
        var at = At(exception.Start);
        var sentence = exception.Message;
        if (sentence.Contains("unexpected end of stream", StringComparison.Ordinal)
            || sentence.Contains("quoted scalar, found wrong indentation", StringComparison.Ordinal))
        {
            builder.Fail(SpecCodes.Syntax, at, "the quote opened here is never closed", "close it on the same line");
        }
        else if (sentence.Contains("tab", StringComparison.Ordinal) && IndentingTab(text, at.Line) is { } tab)
        {
            builder.Fail(SpecCodes.Syntax, tab, "a tab is used for indentation", "indent with spaces");
        }
        else if (UnusualSpace(text, at) is { } space)
        {
            builder.Fail(
                SpecCodes.Syntax,
                space.At,
                $"{Display.CodePoint(space.Rune)} is not a space to YAML",
                "replace it by a plain space (U+0020)");
        }
        else if (builder.InnermostBracket is not null)
        {
            Unclosed(builder, at);
        }
        else
        {
            var (message, help) = Translate(sentence);
            builder.Fail(SpecCodes.Syntax, at, message, help);
        }
    }

    /// <summary>Reports a bracket that is never closed, where it was opened.</summary>
    /// <param name="builder">Knows which brackets are open; gets the problem.</param>
    /// <param name="noticed">Where the parser noticed.</param>
    public static void Unclosed(TreeBuilder builder, Position noticed)
    {
        if (builder.InnermostBracket is { } open)
        {
            var closing = open.Bracket == '[' ? ']' : '}';
            builder.Fail(
                SpecCodes.Syntax,
                open.At,
                $"the '{open.Bracket}' opened here is not closed properly (noticed at {noticed.Line}:{noticed.Column})",
                $"add the missing '{closing}', or the missing ',' between two entries");
        }
        else
        {
            builder.Fail(SpecCodes.Syntax, noticed, "the text ends in the middle of a value", "check brackets and quotes");
        }
    }

    /// <summary>Converts a parser's mark.</summary>
    /// <param name="mark">Line and column from 1.</param>
    /// <returns>The place.</returns>
    public static Position At(in Mark mark) => new((int)mark.Line, Math.Max(1, (int)mark.Column));

    private static (string Message, string Help) Translate(string sentence) => sentence switch
    {
        _ when sentence.Contains("invalid mapping", StringComparison.Ordinal) =>
            (
                "a second ':' in one line, or a line that is indented too far",
                "put text that contains ': ' in quotes; indent all keys of a section alike"),
        _ when sentence.Contains("expected key", StringComparison.Ordinal) =>
            ("this line does not continue the section above: its indentation fits none", "indent all keys of a section alike"),
        _ when sentence.Contains("escape", StringComparison.Ordinal) || sentence.Contains("surrogate", StringComparison.Ordinal) =>
            ("an unknown escape in a text in double quotes", "write \\\\ for a backslash, or use single quotes"),
        _ when sentence.Contains("directive", StringComparison.Ordinal) =>
            ("a directive (%…) is not part of the format", "remove the line"),
        _ => ($"this is not YAML ({Display.Cut(sentence.TrimEnd('.'), 100)})", "check indentation, colons, brackets and quotes near here"),
    };

    // The parser reports the tab at the line before it.
    private static Position? IndentingTab(string text, int fromLine)
    {
        var lines = SpecProblemFormat.SplitLines(text);
        for (var line = fromLine; line <= lines.Count; line++)
        {
            var indentation = lines[line - 1].AsSpan(0, lines[line - 1].Length - lines[line - 1].AsSpan().TrimStart(" \t").Length);
            if (indentation.IndexOf('\t') is >= 0 and var column)
            {
                return new Position(line, column + 1);
            }
        }

        return null;
    }

    // A no-break space looks like indentation in an editor, and the parser complains about something else.
    private static (Position At, Rune Rune)? UnusualSpace(string text, Position at)
    {
        var lines = SpecProblemFormat.SplitLines(text);
        for (var line = Math.Max(1, at.Line - 1); line <= Math.Min(at.Line, lines.Count); line++)
        {
            var column = 1;
            foreach (var rune in lines[line - 1].EnumerateRunes())
            {
                if (!Display.IsPlain(rune) && rune.Value != '\t')
                {
                    return (new Position(line, column), rune);
                }

                column += rune.Utf16SequenceLength;
            }
        }

        return null;
    }
}
