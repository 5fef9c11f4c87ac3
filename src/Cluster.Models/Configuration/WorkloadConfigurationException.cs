using SearchCluster.Contracts;

namespace SearchCluster.Models.Configuration;

/// <summary>A configuration does not fit its workload: every attempt would fail alike.</summary>
/// <param name="message">Subject, actual value, rule, next step.</param>
public sealed class WorkloadConfigurationException(string message) : SearchClusterException(message);
