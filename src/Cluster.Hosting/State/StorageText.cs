using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Code and sentence for each trouble with storage.</summary>
public static class StorageText
{
    /// <summary>The code of a trouble.</summary>
    public static string CodeOf(StorageTrouble trouble) => trouble switch
    {
        StorageTrouble.DiskFull => StorageCodes.DiskFull,
        StorageTrouble.Locked => StorageCodes.Locked,
        StorageTrouble.NotWritable => StorageCodes.NotWritable,
        StorageTrouble.Damaged => StorageCodes.Damaged,
        StorageTrouble.Gone => StorageCodes.Gone,
        StorageTrouble.Unreachable => StorageCodes.Unreachable,
        StorageTrouble.FileTooLarge => StorageCodes.FileTooLarge,
        StorageTrouble.TooManyFiles => StorageCodes.TooManyFiles,
        StorageTrouble.Superseded => StorageCodes.Superseded,
        _ => StorageCodes.DeviceFailed,
    };

    /// <summary>Says what is wrong where the command ends by it, so that nothing waits for better times.</summary>
    /// <param name="trouble">What kind it is.</param>
    /// <param name="subject">What could not be used, for example <c>Standard output</c>.</param>
    /// <returns>One or two sentences.</returns>
    public static string LastWord(StorageTrouble trouble, string subject) => trouble switch
    {
        StorageTrouble.DiskFull => $"{subject} cannot be written: its disk is full. Make room, then give the command again.",
        StorageTrouble.Locked => $"{subject} is locked by another process. Let that process end, then give the command again.",
        _ => Sentence(trouble, subject),
    };

    /// <summary>Says what is wrong with a file or folder and what to do.</summary>
    /// <param name="trouble">What kind it is.</param>
    /// <param name="subject">What could not be used, for example <c>The journal /lab/journal.db</c>.</param>
    /// <returns>One or two sentences.</returns>
    public static string Sentence(StorageTrouble trouble, string subject) => trouble switch
    {
        StorageTrouble.DiskFull => $"{subject} cannot be written: its disk is full. Make room; what waits goes on by itself then.",
        StorageTrouble.Locked => $"{subject} is locked by another process. Let that process end; what waits goes on by itself then.",
        StorageTrouble.NotWritable =>
            $"{subject} cannot be written: this user has no right to, or the file system is mounted read-only. Give the right to write to "
                + $"it and its folder.",
        StorageTrouble.Damaged => $"{subject} is damaged. See what can be read with: searchcluster journal check",
        StorageTrouble.Gone =>
            $"{subject} was deleted, moved or replaced while it was in use. Put it back, or stop this coordinator and start another; "
                + $"nothing is accepted meanwhile.",
        StorageTrouble.Unreachable => $"{subject} cannot be reached. Check the network and that the server runs.",
        StorageTrouble.Superseded =>
            $"{subject} takes no writes of this process: another coordinator has taken over. searchcluster status tells which.",
        StorageTrouble.TooManyFiles =>
            $"{subject} cannot be opened: this process has used up its file handles. Raise the limit (ulimit -n 1024), then start again.",
        StorageTrouble.FileTooLarge =>
            $"{subject} cannot grow: the file has reached the largest size that this process, or the file system, allows. Raise the limit "
                + $"(ulimit -f unlimited), or write elsewhere.",
        _ => $"{subject} cannot be read or written: the device reports an error. Look at the system's log.",
    };
}
