using SearchCluster.Contracts;

namespace SearchCluster.Runner;

/// <summary>No trial of a run gave a finite value.</summary>
/// <param name="message">Why the run ended and why its first trial failed.</param>
/// <param name="trials">All trials.</param>
/// <param name="innerException">What the function threw first; null when it threw nothing.</param>
public sealed class RunFailedException(string message, IReadOnlyList<TrialSummary> trials, Exception? innerException)
    : SearchClusterException(message, innerException)
{
    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<TrialSummary> Trials => trials;
}
