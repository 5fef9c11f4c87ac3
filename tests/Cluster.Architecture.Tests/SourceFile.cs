using System.Text.RegularExpressions;

namespace SearchCluster.Architecture.Tests;

/// <summary>One source file: the folder of its project, the types that it declares, and the names that may be types.</summary>
/// <remarks>Text is enough: comments and literals are left out, and so is what follows a point, which is a member.</remarks>
internal sealed partial record SourceFile(string Path, string Folder, IReadOnlySet<string> Declared, IReadOnlySet<string> Named)
{
    public static IReadOnlyList<SourceFile> ReadAll(string project) =>
    [
        .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(path => (path, parts: System.IO.Path.GetRelativePath(project, path).Split(System.IO.Path.DirectorySeparatorChar)))
            .Where(file => file.parts.Length > 1 && file.parts[0] is not ("obj" or "bin"))
            .Select(file => Parse(string.Join('/', file.parts), file.parts[0], File.ReadAllText(file.path))),
    ];

    public static SourceFile Parse(string path, string folder, string text)
    {
        var code = Comment().Replace(Literal().Replace(text, "\"\""), "");
        var declared = Declaration().Matches(code).Select(match => match.Groups["name"].Value).ToHashSet();

        // A property, a constant or a number of an enumeration may have the name of a type: what is declared as
        // a member here is not looked at.
        var members = Member().Matches(code).Select(match => match.Groups["name"].Value).ToHashSet();
        return new(
            path,
            folder,
            declared,
            Name().Matches(code).Select(match => match.Value).Where(name => !members.Contains(name)).ToHashSet());
    }

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Literal();

    [GeneratedRegex("//[^\\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(
        "^(?:public|internal)[ \\w]*?\\b(?:class|record struct|record|struct|enum|interface)\\s+(?<name>\\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(
        "(?:\\b[A-Z]\\w*|\\b(?:int|long|bool|double|string|void)|[>?\\]]) (?<name>[A-Z]\\w*)(?: =>| = | \\{|\\()|^ +(?<name>[A-Z]\\w*) = \\d+,",
        RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex("(?<![\\w.])[A-Z]\\w+")]
    private static partial Regex Name();
}
