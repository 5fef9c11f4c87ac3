namespace SearchCluster.Contracts.Work;

/// <summary>A workload reported what no report may hold; thrown at the place of the report, so that its stack names the line.</summary>
/// <param name="message">What is wrong and what to do.</param>
public sealed class InvalidReportException(string message) : SearchClusterException(message);
