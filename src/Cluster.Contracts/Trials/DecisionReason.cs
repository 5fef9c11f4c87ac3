namespace SearchCluster.Contracts.Trials;

/// <summary>Why a scheduler decided as it did, with the numbers it looked at.</summary>
/// <param name="Text">One sentence for people.</param>
/// <param name="Rung">Rung, from 0; null where there are none.</param>
/// <param name="Resource">Resource level at which it decided.</param>
/// <param name="Value">The trial's value there.</param>
/// <param name="Cutoff">The value it had to reach.</param>
/// <param name="Rank">Its rank among the competitors, from 1.</param>
/// <param name="Competitors">How many trials were compared.</param>
public sealed record DecisionReason(
    string Text,
    int? Rung = null,
    int? Resource = null,
    double? Value = null,
    double? Cutoff = null,
    int? Rank = null,
    int? Competitors = null);
