using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence;

/// <summary>The journal cannot be opened, read or written.</summary>
/// <param name="trouble">The cause.</param>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">What was thrown, or null.</param>
public sealed class JournalUnavailableException(StorageTrouble trouble, string message, Exception? inner = null)
    : StorageException(trouble, message, inner);
