namespace SearchCluster.Coordinator.Hosting;

/// <summary>What a coordinator was told to be is outside a rule; another value helps, trying again does not.</summary>
/// <param name="message">All violations.</param>
public sealed class CoordinatorOptionsException(string message) : CoordinatorStartException(message);
