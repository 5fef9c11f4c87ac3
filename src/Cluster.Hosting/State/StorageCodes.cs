using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Stable codes and sentences for each trouble with storage; a code is never reused.</summary>
public static class StorageCodes
{
    /// <summary>The disk is full.</summary>
    public const string DiskFull = "SC5100";

    /// <summary>Another process holds the journal's lock.</summary>
    public const string Locked = "SC5101";

    /// <summary>State folder or journal cannot be written.</summary>
    public const string NotWritable = "SC5102";

    /// <summary>The journal is damaged, or is none.</summary>
    public const string Damaged = "SC5103";

    /// <summary>State folder or journal was deleted, moved or replaced.</summary>
    public const string Gone = "SC5104";

    /// <summary>The database server cannot be reached.</summary>
    public const string Unreachable = "SC5105";

    /// <summary>No file handles are left.</summary>
    public const string TooManyFiles = "SC5106";

    /// <summary>The device refused.</summary>
    public const string DeviceFailed = "SC5107";

    /// <summary>The code of a trouble.</summary>
    /// <param name="trouble">The trouble.</param>
    /// <returns>Its code.</returns>
    public static string Of(StorageTrouble trouble) => trouble switch
    {
        StorageTrouble.DiskFull => DiskFull,
        StorageTrouble.Locked => Locked,
        StorageTrouble.NotWritable => NotWritable,
        StorageTrouble.Damaged => Damaged,
        StorageTrouble.Gone => Gone,
        StorageTrouble.Unreachable => Unreachable,
        StorageTrouble.TooManyFiles => TooManyFiles,
        _ => DeviceFailed,
    };

    /// <summary>Says what is wrong with a file or folder and what to do.</summary>
    /// <param name="trouble">The trouble.</param>
    /// <param name="subject">What could not be used, for example <c>The journal /lab/journal.db</c>.</param>
    /// <returns>One or two sentences.</returns>
    public static string Sentence(StorageTrouble trouble, string subject) => trouble switch
    {
        StorageTrouble.DiskFull => $"{subject} cannot be written: its disk is full. Make room; what waits goes on by itself then.",
        StorageTrouble.Locked => $"{subject} is locked by another process. Let that process end; what waits goes on by itself then.",
        StorageTrouble.NotWritable => $"{subject} cannot be written: this user has no right to, or the file system is mounted read-only. Give the right to write to it and its folder.",
        StorageTrouble.Damaged => $"{subject} is damaged. See what can be read with: searchcluster journal check",
        StorageTrouble.Gone => $"{subject} was deleted, moved or replaced while it was in use. Put it back, or stop this coordinator and start another; nothing is accepted meanwhile.",
        StorageTrouble.Unreachable => $"{subject} cannot be reached. Check the network and that the server runs.",
        StorageTrouble.TooManyFiles => $"{subject} cannot be opened: this process has used up its file handles. Raise the limit (ulimit -n 1024), then start again.",
        _ => $"{subject} cannot be read or written: the device reports an error. Look at the system's log.",
    };
}
