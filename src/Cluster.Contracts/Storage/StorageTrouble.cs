namespace SearchCluster.Contracts.Storage;

/// <summary>Why a disk, a database or a folder could not be used: the cause that somebody has to mend.</summary>
public enum StorageTrouble
{
    /// <summary>No space, or no quota, is left; work goes on by itself when there is some.</summary>
    DiskFull,

    /// <summary>Another process holds a lock; work goes on by itself when it lets go.</summary>
    Locked,

    /// <summary>This user, or nobody, may write there.</summary>
    NotWritable,

    /// <summary>The content is not what was written.</summary>
    Damaged,

    /// <summary>The file or the folder was deleted, moved or replaced.</summary>
    Gone,

    /// <summary>The database server does not answer.</summary>
    Unreachable,

    /// <summary>Another coordinator has the right to write the journal; this one ends.</summary>
    Superseded,

    /// <summary>The process has used up its file handles.</summary>
    TooManyFiles,

    /// <summary>The file has reached the largest size that the process, or the file system, allows.</summary>
    FileTooLarge,

    /// <summary>The device refused to read or write.</summary>
    DeviceFailed,
}
