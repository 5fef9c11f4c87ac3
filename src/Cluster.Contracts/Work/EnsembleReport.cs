namespace SearchCluster.Contracts.Work;

/// <summary>What the ensemble is made of and how it scores beside the best single trial.</summary>
/// <param name="Members">Trials that vote, best first.</param>
/// <param name="Combine">How their outputs are combined.</param>
/// <param name="Metrics">The ensemble's <c>val/…</c> and <c>test/…</c> metrics.</param>
/// <param name="BestSingle">The same metrics of the best member alone.</param>
/// <param name="Artifact">Path of the saved ensemble, relative to the state folder, with '/' separators.</param>
/// <param name="Weights">Share of each member in the vote, in the order of the members; null when all are equal.</param>
/// <param name="Gains">By how much the ensemble is better than the best single trial on the test part, with a
/// 95 % interval; empty without a test part.</param>
public sealed record EnsembleReport(
    ValueArray<TrialId> Members,
    EnsembleCombination Combine,
    ValueMap<double> Metrics,
    ValueMap<double> BestSingle,
    string Artifact,
    ValueArray<double>? Weights = null,
    ValueMap<Gain>? Gains = null);

/// <summary>A difference for the better, estimated on a sample of rows.</summary>
/// <param name="Value">Positive when better.</param>
/// <param name="Low">Lower end of its 95 % interval (bootstrap of the rows).</param>
/// <param name="High">Upper end.</param>
public sealed record Gain(double Value, double Low, double High)
{
    /// <summary>True when the interval leaves no doubt that it is better.</summary>
    public bool IsClear => Low > 0;
}
