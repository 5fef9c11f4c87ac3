namespace SearchCluster.Integration.Tests.Harness;

/// <summary>The last lines of a text or file, for failure messages.</summary>
internal static class Tails
{
    private const int MaximumLineLength = 400;

    public static string Of(string text, int lines) =>
        string.Concat(text.TrimEnd('\n').Split('\n').TakeLast(lines).Where(l => l.Length > 0).Select(l => $"    {Cut(l)}\n"));

    public static string OfFile(string file, int lines)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return $"--- {Path.GetFileName(file)}\n{Of(reader.ReadToEnd(), lines)}";
    }

    private static string Cut(string line) => line.Length <= MaximumLineLength ? line : line[..MaximumLineLength] + "…";
}
