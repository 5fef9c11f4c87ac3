using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Disk, database or folder cannot be used; tells which and why, so that every process says it in the
/// same words and with the same exit code.</summary>
public abstract class StorageException : HostingException
{
    private protected StorageException(StorageTrouble trouble, string message, Exception? inner)
        : base(message, inner) => Trouble = trouble;

    /// <summary>The cause.</summary>
    public StorageTrouble Trouble { get; }

    /// <summary>Stable code, for example <c>SC5100</c>.</summary>
    public string Code => StorageText.CodeOf(Trouble);
}
