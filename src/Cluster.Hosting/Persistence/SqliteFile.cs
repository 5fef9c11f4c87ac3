using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;

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

    /// <summary>Refuses what cannot be a journal whatever it holds.</summary>
    /// <param name="file">The journal, which need not exist.</param>
    /// <exception cref="JournalUnavailableException">A folder, a named pipe, a device, a socket, or a link to nothing is there.</exception>
    public static void RequireFile(string file)
    {
        if (StateFile.Obstacle(file) is { } obstacle)
        {
            throw new JournalUnavailableException(
                PathKind.DanglingTarget(file) is null ? StorageTrouble.Damaged : StorageTrouble.Gone, $"The journal {obstacle}");
        }
    }

    /// <summary>Refuses a journal without events where the files of searches say that there were some.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="tables">The tables that it holds.</param>
    /// <exception cref="JournalUnavailableException">It has no table of events.</exception>
    public static void RequireEvents(string file, IReadOnlySet<string> tables)
    {
        if (!tables.Contains(JournalTables.Events) && Searches(file) is [_, ..] searches)
        {
            throw new JournalUnavailableException(
                StorageTrouble.Damaged,
                $"The journal {file} has no table of events, but its folder holds files of {Named(searches)}. Put the journal back from a "
                    + $"copy, or start with another state folder.");
        }
    }

    /// <summary>Refuses to begin an empty journal where the files of searches say that there was another.</summary>
    /// <param name="file">The journal.</param>
    /// <exception cref="JournalUnavailableException">It is missing or empty.</exception>
    public static void RequireContent(string file)
    {
        RequireFile(file);
        var isThere = File.Exists(file);
        if ((isThere && Size(file) > 0) || Searches(file) is not [_, ..] searches)
        {
            return;
        }

        throw new JournalUnavailableException(
            isThere ? StorageTrouble.Damaged : StorageTrouble.Gone,
            $"The journal {file} is {(isThere ? "empty (0 bytes)" : "missing")}, but its folder holds files of {Named(searches)}. Put the "
                + $"journal back from a copy, or start with another state folder.");
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
    public static long Size(string file)
    {
        var info = new FileInfo(file);
        info = info.LinkTarget is null ? info : (FileInfo?)info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        return info.Exists ? info.Length : 0;
    }

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

    private static string Named(List<string> searches) =>
        searches.Count == 1 ? $"search {searches[0]}" : $"{searches.Count} searches, {searches[0]} among them";
}
