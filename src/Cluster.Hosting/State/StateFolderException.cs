using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>The state folder cannot be used.</summary>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">The cause, or null.</param>
public class StateFolderException(string message, Exception? inner = null)
    : StorageException(StorageTroubles.Of(inner) ?? StorageTrouble.NotWritable, message, inner);

/// <summary>Another coordinator writes in the state folder.</summary>
/// <param name="message">Who holds it.</param>
/// <param name="holder">Process and host, or null when they cannot be read.</param>
public sealed class StateFolderLockedException(string message, CoordinatorLockHolder? holder) : StateFolderException(message)
{
    /// <summary>Who holds it, or null when that cannot be read.</summary>
    public CoordinatorLockHolder? Holder { get; } = holder;
}
