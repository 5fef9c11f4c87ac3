namespace SearchCluster.Models.Training.Continuation;

/// <summary>A checkpoint that a trial may go on from.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Identity">What it must be of; null for any configuration of the same network and optimizer.</param>
/// <param name="Donor">The trial it is taken over from; null for the trial's own.</param>
/// <param name="IsExpected">True when one that does not fit is worth a warning.</param>
internal sealed record CheckpointSource(string Path, string? Identity, TrialId? Donor, bool IsExpected);
