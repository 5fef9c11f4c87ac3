namespace SearchCluster.Runner;

/// <summary>The trial is not to go on: the scheduler stopped it, or the run ends. A function lets it pass; the
/// trial keeps what it reported.</summary>
/// <param name="message">Why.</param>
public sealed class TrialEndedException(string message) : OperationCanceledException(message);
