using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>The coordinator cannot start as it was set up, or its recovery did not complete.</summary>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="inner">The cause, or null.</param>
public class CoordinatorStartException(string message, Exception? inner = null) : HostingException(message, inner);
