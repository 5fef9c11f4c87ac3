using SearchCluster.Contracts;

namespace SearchCluster.Models.Native;

/// <summary>libtorch cannot be used in this process; the message is one sentence with the cause and the fix.</summary>
/// <param name="message">Cause and fix.</param>
/// <param name="innerException">The loader's own exception, or null.</param>
public sealed class TorchUnavailableException(string message, Exception? innerException = null)
    : SearchClusterException(message, innerException);
