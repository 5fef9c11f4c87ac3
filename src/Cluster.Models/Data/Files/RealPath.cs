namespace SearchCluster.Models.Data.Files;

/// <summary>The path of a file or folder without links in it, at whatever place of the path they are.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Resolves all links.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>Null where a link leads to nothing, or links lead in a circle.</returns>
    public static string? Of(string path)
    {
        var pending = new Stack<string>(Segments(path).Reverse());
        var (real, links) = (Path.GetPathRoot(path)!, 0);
        while (pending.TryPop(out var segment))
        {
            var next = segment == ".." ? Path.GetDirectoryName(real) ?? real : Path.Combine(real, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
            foreach (var inner in Segments(target).Reverse())
            {
                pending.Push(inner);
            }
        }

        return Path.Exists(real) ? real : null;
    }

    private static IEnumerable<string> Segments(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..]
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => segment != ".");
}
