namespace SearchCluster.Contracts.Storage;

/// <summary>A store could not be used, and knows why: its disk is full, or it cannot be reached over the network.</summary>
/// <remarks>An input or output error like those of a local disk, so that whoever waits for a disk waits for a network too.</remarks>
/// <param name="trouble">What somebody has to mend.</param>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class StorageTroubleException(StorageTrouble trouble, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What somebody has to mend.</summary>
    public StorageTrouble Trouble { get; } = trouble;
}
