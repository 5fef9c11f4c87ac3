using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>What can be said about a SQLite journal without opening it.</summary>
internal static class SqliteFile
{
    /// <summary>The write-ahead log beside a journal.</summary>
    /// <param name="file">The journal.</param>
    public static string Log(string file) => file + "-wal";

    /// <summary>The index of the write-ahead log, which readers and the writer share.</summary>
    /// <param name="file">The journal.</param>
    public static string SharedIndex(string file) => file + "-shm";

    /// <summary>Refuses to begin an empty journal where the files of searches say that there was another.</summary>
    /// <param name="file">The journal.</param>
    /// <exception cref="JournalUnavailableException">It is missing or empty.</exception>
    public static void RequireContent(string file)
    {
        var isThere = File.Exists(file);
        if ((isThere && Size(file) > 0) || Directory.Exists(file) || Searches(file) is not [var first, ..] searches)
        {
            return;
        }

        var left = searches.Count == 1 ? $"search {first}" : $"{searches.Count} searches, {first} among them";
        throw new JournalUnavailableException(
            isThere ? StorageTrouble.Damaged : StorageTrouble.Gone,
            $"The journal {file} is {(isThere ? "empty (0 bytes)" : "missing")}, but its folder holds files of {left}. Put the journal back from a copy, or start with another state folder.");
    }

    /// <summary>Gives side files the rights of the journal: those that were made while it was read-only stay
    /// read-only when its rights come back.</summary>
    /// <param name="file">The journal.</param>
    public static void GiveRightsBack(string file)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file))
        {
            return;
        }

        var rights = File.GetUnixFileMode(file);
        foreach (var side in new[] { Log(file), SharedIndex(file) })
        {
            try
            {
                if (rights.HasFlag(UnixFileMode.UserWrite)
                    && File.Exists(side)
                    && !File.GetUnixFileMode(side).HasFlag(UnixFileMode.UserWrite))
                {
                    File.SetUnixFileMode(side, rights);
                }
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // Another user's: opening the journal tells.
            }
        }
    }

    /// <summary>Bytes of a file; 0 when there is none.</summary>
    /// <param name="file">The file.</param>
    public static long Size(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    /// <summary>Names of the searches whose files lie beside a journal.</summary>
    /// <param name="file">The journal.</param>
    public static List<string> Searches(string file)
    {
        try
        {
            var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, ArtifactPaths.Root);
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
