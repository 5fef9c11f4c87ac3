using System.Text.RegularExpressions;

namespace SearchCluster.Architecture.Tests;

/// <summary>One source file: the folder of its project, the types that it declares, and the names that may be types.</summary>
/// <remarks>Text is enough: comments and literals are left out, and so is what follows a point, which is a member.</remarks>
internal sealed partial record SourceFile(string Path, string Folder, IReadOnlySet<string> Declared, IReadOnlySet<string> Named)
{
    /// <summary>The folder of the files that lie in none.</summary>
    public const string Root = ".";

    /// <summary>Names with a folder before them, as in <c>Data.Samples</c>: the first word, and one of those behind it.</summary>
    public required IReadOnlySet<(string First, string Name)> Qualified { get; init; }

    /// <summary>Methods that it declares as extensions.</summary>
    public required IReadOnlySet<string> Extensions { get; init; }

    /// <summary>All other methods that it declares.</summary>
    public required IReadOnlySet<string> Methods { get; init; }

    /// <summary>Methods that it calls on a value.</summary>
    public required IReadOnlySet<string> Calls { get; init; }

    public static IReadOnlyList<SourceFile> ReadAll(string project) =>
    [
        .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(path => (path, parts: System.IO.Path.GetRelativePath(project, path).Split(System.IO.Path.DirectorySeparatorChar)))
            .Where(file => file.parts[0] is not ("obj" or "bin"))
            .Select(file =>
                Parse(string.Join('/', file.parts), file.parts.Length > 1 ? file.parts[0] : Root, File.ReadAllText(file.path))),
    ];

    public static SourceFile Parse(string path, string folder, string text)
    {
        var code = CodeText.Of(text);

        // A property, a constant or a number of an enumeration may have the name of a type: what is declared as
        // a member here is looked at only where nothing but a type can stand.
        var members = Names(Member(), code);
        var named = Names(Name(), code).Where(name => !members.Contains(name)).Concat(Names(TypePlace(), code)).ToHashSet();
        return new(path, folder, Names(Declaration(), code), named)
        {
            Qualified = QualifiedName().Matches(code)
                .SelectMany(match => match.Groups["name"].Captures.Select(name => (match.Groups["first"].Value, name.Value)))
                .ToHashSet(),
            Extensions = Names(Extension(), code),
            Methods = Names(Method(), code),
            Calls = Names(Call(), code),
        };
    }

    private static HashSet<string> Names(Regex pattern, string code) =>
        pattern.Matches(code).Select(match => match.Groups["name"].Value).ToHashSet();

    [GeneratedRegex(
        "^(?:public|internal)[ \\w]*?\\b(?:class|record struct|record|struct|enum|interface|delegate [\\w<>?\\[\\], .]+?)\\s+(?<name>\\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(
        "(?:\\b[A-Z]\\w*|\\b(?:int|long|bool|double|string|void)|[>?\\])]) (?<name>[A-Z]\\w*)(?: =>| = | \\{|\\()"
            + "|^ +(?<name>[A-Z]\\w*) = \\d+,",
        RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex("(?<![\\w.])(?<name>[A-Z]\\w+)")]
    private static partial Regex Name();

    [GeneratedRegex(
        "\\b(?:new |is |as |typeof\\()(?<name>[A-Z]\\w*)\\b(?!\\.)"
            + "|(?<![\\w.])(?<name>[A-Z]\\w*)(?:<[^<>()]*>)?\\??(?:\\[\\])? (?!(?:is|as|and|or|when|in|switch|with|where|not)\\b)[A-Za-z_]"
            + "|[<,] ?(?<name>[A-Z]\\w*)(?=[>,])")]
    private static partial Regex TypePlace();

    [GeneratedRegex("(?<![\\w.])(?<first>[A-Z]\\w*)(?:\\.(?<name>[A-Z]\\w*))+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex("\\bstatic [^=;{}()]*?\\b(?<name>\\w+)(?:<[^>()]*>)?\\(\\s*this ")]
    private static partial Regex Extension();

    [GeneratedRegex(
        "(?:\\b[A-Z]\\w*|\\b(?:int|long|ulong|byte|bool|float|double|string|object|void)|(?<!=)[>)\\]]|\\w\\?) "
            + "(?<name>[A-Z]\\w*)(?:<[^>()]*>)?\\((?!\\s*this )")]
    private static partial Regex Method();

    [GeneratedRegex("(?<=[\\w)\\]>?!\"])\\s*\\.(?<name>[A-Z]\\w*)(?:<[^>()]*>)?\\(")]
    private static partial Regex Call();
}
