using SearchCluster.Contracts;

namespace SearchCluster.Models.Attempts;

/// <summary>A network needs more memory than its device has.</summary>
/// <param name="message">Need and limit.</param>
internal sealed class DeviceMemoryException(string message) : SearchClusterException(message);
