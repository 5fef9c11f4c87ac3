using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Problems;

/// <summary>Problems of the file itself, made from facts that the caller already has: this project opens no file.</summary>
public static class SpecFileErrors
{
    // A reason names the whole path once more.
    private const int LongestReason = 400;

    /// <summary>Describes a file that does not exist.</summary>
    /// <param name="fileName">The path as the user gave it.</param>
    /// <param name="neighbours">Names of the files in that folder, for a suggestion.</param>
    public static SpecProblem NotFound(string fileName, IEnumerable<string> neighbours)
    {
        var similar = Suggestions.Nearest(LastSegment(fileName), neighbours);
        return Problem(SpecCodes.CannotOpen, fileName, $"cannot open {Display.Text(fileName)}: no such file", similar is null
            ? "give the path of a .yaml or .json file; `searchcluster spec new` writes a template"
            : $"a similar file is there: {Display.Text(similar)}");
    }

    /// <summary>Describes a path that is a folder.</summary>
    /// <param name="fileName">The path as the user gave it.</param>
    public static SpecProblem IsFolder(string fileName) => Problem(
        SpecCodes.CannotOpen,
        fileName,
        $"{Display.Text(fileName)} is a folder; give a .yaml or .json file",
        "for example examples/digits.search.yaml");

    /// <summary>Describes a path that is a named pipe, a device or a socket.</summary>
    /// <param name="fileName">The path as the user gave it.</param>
    /// <param name="kind">What it is, for example <c>a named pipe</c>.</param>
    public static SpecProblem IsNoFile(string fileName, string kind) => Problem(
        SpecCodes.CannotOpen,
        fileName,
        $"{Display.Text(fileName)} is {kind}, but a spec is a regular file",
        "give a .yaml or .json file, or - to read standard input");

    /// <summary>Describes a file that the system refused to open.</summary>
    /// <param name="fileName">The path as the user gave it.</param>
    /// <param name="reason">The system's reason, one sentence.</param>
    public static SpecProblem Unreadable(string fileName, string reason) => Problem(
        SpecCodes.CannotOpen,
        fileName,
        $"cannot open {Display.Text(fileName)}: {Display.Cut(reason, LongestReason)}",
        "check the path and its permissions");

    /// <summary>Describes a file that is too large; to be asked before reading it.</summary>
    /// <param name="fileName">The path as the user gave it.</param>
    /// <param name="bytes">Its size.</param>
    public static SpecProblem TooLarge(string fileName, long bytes) => Problem(
        SpecCodes.BadBytes,
        fileName,
        string.Create(CultureInfo.InvariantCulture, $"the file has {bytes:#,0} bytes, which is larger than 256 KiB"),
        "a spec names its data; it does not contain them");

    private static SpecProblem Problem(string code, string file, string message, string help) =>
        new(code, SpecSeverity.Error, file, 0, 0, "", message, help);

    private static string LastSegment(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
