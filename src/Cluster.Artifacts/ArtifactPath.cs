namespace SearchCluster.Artifacts;

/// <summary>The rule for artifact paths: whatever passes stays inside the store's root on every operating system.</summary>
public static class ArtifactPath
{
    private const int MaximumLength = 1024;

    private static readonly string[] ReservedNames =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    /// <summary>Checks a path.</summary>
    /// <param name="path">Any text.</param>
    /// <returns>The same path.</returns>
    /// <exception cref="ArtifactException">The path is not made of safe names; code SC4100, the same text for all of them.</exception>
    public static string Check(string path) => IsSafe(path)
        ? path
        : throw new ArtifactException(
            ModelCodes.Path,
            "The artifact path is not made of names of a-z, A-Z, 0-9, '.', '_' and '-', separated by '/'; nothing was opened.");

    internal static bool IsSafe(string? path) => path is { Length: > 0 and <= MaximumLength } && path.Split('/').All(IsName);

    /// <summary>Tells whether a text may be the name of an artifact in its folder.</summary>
    internal static bool IsName(string name) =>
        name.Length is > 0 and <= 200
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        && name[0] != '.'
        && name[^1] != '.'
        && !ReservedNames.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
