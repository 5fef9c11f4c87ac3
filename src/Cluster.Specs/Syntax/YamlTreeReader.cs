using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SearchCluster.Specs.Syntax;

/// <summary>Reads the YAML subset of the format: one document, no anchors, aliases, merge keys or tags.</summary>
/// <remarks>
/// Uses the parser's events only. The object API merges duplicate keys, expands aliases and recurses. Events are pulled one by one and
/// reading stops at the depth limit, so deep nesting costs neither stack nor the parser's quadratic time.
/// </remarks>
internal static class YamlTreeReader
{
    /// <summary>Reads one document.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problems">Gets the problems.</param>
    /// <returns>Its root; null for an empty file or after a problem that ends reading.</returns>
    public static SpecNode? Read(string text, ProblemList problems)
    {
        var builder = new TreeBuilder(problems);
        if (FindBracketRun(text) is >= 0 and var index)
        {
            builder.TooDeep(SourceText.PositionOf(text, index));
            return null;
        }

        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            var documents = 0;
            while (!builder.HasFailed && parser.MoveNext())
            {
                Take(parser.Current!, builder, ref documents);
            }
        }
        catch (YamlException exception)
        {
            YamlSyntaxProblems.Explain(exception, text, builder);
        }
        catch (InvalidOperationException)
        {
            // The parser of YamlDotNet 18.1 ends this way when a list in brackets meets the end of the file.
            YamlSyntaxProblems.Unclosed(builder, SourceText.PositionOf(text, text.Length));
        }

        return builder.HasFailed ? null : builder.Root;
    }

    // The parser looks 1,024 characters ahead before it hands out the first bracket, in quadratic time: a run of more brackets than any
    // spec may nest, where a value can start, is answered without it.
    private static int FindBracketRun(ReadOnlySpan<char> text)
    {
        var (run, mayOpen) = (0, true);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' or '{' when mayOpen:
                    if (++run > SpecLimits.Depth)
                    {
                        return i;
                    }

                    break;
                case ' ' or '\t' or '\r':
                    break;
                case '\n':
                    mayOpen = true;
                    break;
                default:
                    (run, mayOpen) = (0, text[i] is ':' or '-' or ',');
                    break;
            }
        }

        return -1;
    }

    private static void Take(ParsingEvent parsed, TreeBuilder builder, ref int documents)
    {
        var at = YamlSyntaxProblems.At(parsed.Start);
        switch (parsed)
        {
            case DocumentStart when ++documents > 1:
                builder.Fail(
                    SpecCodes.SeveralDocuments,
                    at,
                    "a second document starts here; one document per file",
                    "remove the line `---` or split the file");
                break;
            case AnchorAlias alias:
                builder.Fail(
                    SpecCodes.Reference,
                    at,
                    $"the alias *{Display.Text(alias.Value.Value)} is not part of the format",
                    "write the value out");
                break;
            case NodeEvent { Anchor.IsEmpty: false } node:
                builder.Fail(
                    SpecCodes.Reference,
                    at,
                    $"the anchor &{Display.Text(node.Anchor.Value)} is not part of the format",
                    "write the value where it is used");
                break;
            case NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } node:
                builder.Fail(
                    SpecCodes.Reference, at, $"the tag {Display.Text(node.Tag.Value)} is not part of the format", "write the bare value");
                break;
            case YamlDotNet.Core.Events.Scalar scalar:
                var isPlain = scalar.Style == YamlDotNet.Core.ScalarStyle.Plain;
                builder.Scalar(new ScalarNode(at, scalar.Value, isPlain ? ScalarStyle.Plain : ScalarStyle.Quoted));
                break;
            case MappingStart mapping:
                builder.Open(new MappingNode(at), mapping.Style == MappingStyle.Flow ? '{' : null);
                break;
            case SequenceStart sequence:
                builder.Open(new SequenceNode(at), sequence.Style == SequenceStyle.Flow ? '[' : null);
                break;
            case MappingEnd or SequenceEnd:
                builder.Close();
                break;
        }
    }
}
