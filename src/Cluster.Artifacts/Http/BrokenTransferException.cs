namespace SearchCluster.Artifacts.Http;

/// <summary>A request did not come through, and may when it is sent again.</summary>
internal sealed class BrokenTransferException(string message, Exception? inner = null) : Exception(message, inner);
