namespace SearchCluster.Models.Data.Files;

/// <summary>The files of a folder and of the folders in it. Hidden ones and those of <c>__MACOSX</c> are no part of data.</summary>
/// <remarks>A link to something in the folder stands for it. One that leads out of the folder, back to a folder above it, or nowhere is
/// left out and counted, as is what is no regular file.</remarks>
internal sealed class FolderWalk
{
    private const int MostShown = 5;

    private readonly string _root;
    private readonly List<WalkedFile> _files = [];
    private readonly List<string> _outside = [], _circles = [], _broken = [], _special = [];

    private FolderWalk(string root) => _root = root;

    /// <summary>The files by their paths from the folder, with '/'.</summary>
    public IReadOnlyList<WalkedFile> Files => _files;

    /// <summary>When a folder last got, lost or renamed something: a file that moves to another class keeps its own time.</summary>
    public DateTime FoldersChangedAt { get; private set; } = DateTime.MinValue;

    /// <summary>Walks through a folder.</summary>
    /// <exception cref="DataException">SC3000: a folder in it cannot be read.</exception>
    public static FolderWalk Of(string folder)
    {
        var full = Path.GetFullPath(folder);
        var walk = new FolderWalk(Path.TrimEndingDirectorySeparator(RealPath.Of(full) ?? full));
        try
        {
            walk.Enter(walk._root, "", [walk._root]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                DataCodes.CannotOpen, $"Folder '{DisplayText.ShortenPath(folder)}' cannot be read: {failure.Message}", failure);
        }

        return walk;
    }

    /// <summary>Tells whether a name belongs to a file that is no part of data.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.') || name == "__MACOSX";

    /// <summary>What was left out, a sentence each.</summary>
    public IEnumerable<string> Notes(string name)
    {
        if (_outside.Count > 0)
        {
            yield return $"{name}: {Count(_outside, "link")} to something outside the folder left out{List(_outside)}: only links to what "
                + $"lies in it are followed; copy the files into it, or name the folder they are in.";
        }

        if (_circles.Count > 0)
        {
            yield return $"{name}: {Count(_circles, "link")} back to a folder above left out{List(_circles)}.";
        }

        if (_broken.Count > 0)
        {
            yield return $"{name}: {Count(_broken, "link")} to nothing left out{List(_broken)}.";
        }

        if (_special.Count > 0)
        {
            yield return $"{name}: {Count(_special, "named pipe, device or socket", "named pipes, devices or sockets")} left "
                + $"out{List(_special)}.";
        }
    }

    private static string Count(List<string> paths, string one, string? many = null) =>
        $"{paths.Count} {(paths.Count == 1 ? one : many ?? one + "s")}";

    private static string List(List<string> paths) =>
        $" ({string.Join(", ", paths.Take(MostShown).Select(DisplayText.ShortenPath))}{(paths.Count > MostShown ? ", …" : "")})";

    private void Enter(string folder, string prefix, HashSet<string> above)
    {
        var changed = Directory.GetLastWriteTimeUtc(folder);
        FoldersChangedAt = changed > FoldersChangedAt ? changed : FoldersChangedAt;
        foreach (var entry in new DirectoryInfo(folder)
            .EnumerateFileSystemInfos()
            .Where(entry => !IsHidden(entry.Name))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            if ((isLink ? Follow(entry.FullName, prefix + entry.Name, above) : entry.FullName) is not { } path)
            {
                continue;
            }

            if (isLink ? Directory.Exists(path) : entry is DirectoryInfo)
            {
                Enter(path, $"{prefix}{entry.Name}/", [.. above, path]);
            }
            else if (RegularFile.SpecialKind(path) is null)
            {
                _files.Add(new(prefix + entry.Name, path));
            }
            else
            {
                _special.Add(prefix + entry.Name);
            }
        }
    }

    private string? Follow(string link, string name, HashSet<string> above)
    {
        var target = RealPath.Of(link);
        if (target is null)
        {
            _broken.Add(name);
        }
        else if (above.Contains(target))
        {
            _circles.Add(name);
        }
        else if (target.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return target;
        }
        else
        {
            _outside.Add(name);
        }

        return null;
    }
}

/// <summary>A file of a folder.</summary>
/// <param name="Path">From the folder, with '/'.</param>
/// <param name="FullPath">Where its bytes are, behind any link.</param>
internal readonly record struct WalkedFile(string Path, string FullPath);
