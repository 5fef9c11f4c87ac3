using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Work;

/// <summary>What the ensemble is made of and how it scores beside the best single trial.</summary>
/// <param name="Members">Trials that vote, best first.</param>
/// <param name="Combine">How their outputs are combined.</param>
/// <param name="Metrics">The ensemble's <c>val/…</c> and <c>test/…</c> metrics.</param>
/// <param name="BestSingle">The same metrics of the best member alone.</param>
/// <param name="Artifact">Path of the saved ensemble, relative to the state folder, with '/' separators.</param>
/// <param name="Weights">Share of each member in the vote, in the order of the members; null when all are equal.</param>
/// <param name="Gains">By how much the ensemble is better than the best single trial on the test part, with a
/// 95 % interval, for the metrics that have one; null where none has.</param>
/// <param name="TestRows">Rows of the test part, of which the intervals are; null without a test part, and in reports of earlier
/// releases.</param>
public sealed record EnsembleReport(
    ValueArray<TrialId> Members,
    EnsembleCombination Combine,
    ValueMap<double> Metrics,
    ValueMap<double> BestSingle,
    string Artifact,
    ValueArray<double>? Weights = null,
    ValueMap<Gain>? Gains = null,
    int? TestRows = null)
{
    /// <summary>The gain in a metric, where it has an interval.</summary>
    /// <param name="metric">Its name, with its part.</param>
    /// <returns>Null also for an interval without a width, which earlier releases told of a handful of rows.</returns>
    public Gain? GainOf(string metric) =>
        Gains is not null && Gains.TryGetValue(metric, out var gain) && gain.HasWidth ? gain : null;
}

/// <summary>A difference for the better, estimated on a sample of rows.</summary>
/// <param name="Value">Positive when better.</param>
/// <param name="Low">Lower end of its 95 % interval (bootstrap of the rows).</param>
/// <param name="High">Upper end.</param>
public sealed record Gain(double Value, double Low, double High)
{
    // Sums in another order differ in their last digits.
    private const double SameNumber = 1e-9;

    /// <summary>False where all draws agree, which is no interval but a sign that they are too few.</summary>
    [JsonIgnore]
    public bool HasWidth => High - Low > SameNumber * Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>True when the interval leaves no doubt that it is better.</summary>
    public bool IsClear => Low > 0;
}
