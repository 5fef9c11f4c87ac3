using SearchCluster.Contracts;

namespace SearchCluster.Models.Native;

/// <summary>libtorch refused an operator that was called by name.</summary>
/// <param name="message">Which call.</param>
internal sealed class TensorOperatorException(string message) : SearchClusterException(message);
