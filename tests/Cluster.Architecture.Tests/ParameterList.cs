using System.Text.RegularExpressions;

namespace SearchCluster.Architecture.Tests;

/// <summary>How many parameters a constructor of a type takes, whether it stands beside the name of the type or in its body.</summary>
/// <remarks>Text is enough: comments and literals are left out, and commas inside brackets of any kind separate something else.</remarks>
internal sealed partial record ParameterList(string Type, int Count)
{
    public static IReadOnlyList<ParameterList> AllOf(string text)
    {
        var code = Comment().Replace(Literal().Replace(text, "\"\""), "");
        var types = Declaration().Matches(code).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Declaration().Matches(code).Where(match => match.Value.EndsWith('('))
                .Concat(Constructor().Matches(code).Where(match => types.Contains(match.Groups["name"].Value)))
                .Select(match => new ParameterList(match.Groups["name"].Value, Parameters(code.AsSpan(match.Index + match.Length)))),
        ];
    }

    private static int Parameters(ReadOnlySpan<char> rest)
    {
        var (depth, commas, isEmpty) = (0, 0, true);
        foreach (var character in rest)
        {
            if (depth == 0 && character == ')')
            {
                break;
            }

            depth += character switch
            {
                '(' or '[' or '{' or '<' => 1,
                ')' or ']' or '}' or '>' => -1,
                _ => 0,
            };
            commas += depth == 0 && character == ',' ? 1 : 0;
            isEmpty &= char.IsWhiteSpace(character);
        }

        return isEmpty ? 0 : commas + 1;
    }

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Literal();

    [GeneratedRegex("//[^\\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\\b(?:class|record struct|record class|record|struct) (?<name>[A-Z]\\w*)(?:<[^<>(){}]*>)?\\s*\\(?")]
    private static partial Regex Declaration();

    [GeneratedRegex("\\b(?:public|internal|protected|private) (?<name>[A-Z]\\w*)\\(")]
    private static partial Regex Constructor();
}
