namespace SearchCluster.Contracts.Trials;

/// <summary>What the ensemble is made of and how it scores beside the best single trial.</summary>
/// <param name="Members">Trials that vote, best first.</param>
/// <param name="Combine">How their outputs are combined.</param>
/// <param name="Metrics">The ensemble's <c>val/…</c> and <c>test/…</c> metrics.</param>
/// <param name="BestSingle">The same metrics of the best member alone.</param>
/// <param name="Artifact">Path of the saved ensemble, relative to the state folder, with '/' separators.</param>
public sealed record EnsembleReport(
    ValueArray<TrialId> Members,
    EnsembleCombination Combine,
    ValueMap<double> Metrics,
    ValueMap<double> BestSingle,
    string Artifact);
