using SearchCluster.Models.Data;

namespace SearchCluster.Models.Sanity;

/// <summary>What the ladder found.</summary>
/// <param name="Values">The configuration that was tried.</param>
/// <param name="Shape">Inputs and answers.</param>
/// <param name="Rows">Rows of the training, validation and test part.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="InitialLoss">Loss of the untrained network.</param>
/// <param name="ExpectedLoss">What it should be near: the logarithm of the number of classes; null where nothing is known.</param>
/// <param name="Rungs">One row, ten rows, a small set.</param>
/// <param name="Cost">Time and memory.</param>
/// <param name="Warnings">What a person should know about the data.</param>
public sealed record SanityReport(
    ParameterValues Values,
    DataShape Shape,
    (int Train, int Validation, int Test) Rows,
    long Parameters,
    double InitialLoss,
    double? ExpectedLoss,
    IReadOnlyList<SanityRung> Rungs,
    TrainingCost Cost,
    ValueArray<string> Warnings)
{
    /// <summary>False when the untrained network is far from knowing nothing: its loss is more than twice the
    /// expected one, or less than half.</summary>
    public bool StartsWell => ExpectedLoss is not { } expected || (InitialLoss < 2 * expected && InitialLoss > expected / 2);

    /// <summary>True when every rung was learned.</summary>
    public bool CanLearn => Rungs.All(rung => rung.IsLearned);
}

/// <summary>One rung of the ladder: the network alone with a few rows.</summary>
/// <param name="Name">For people.</param>
/// <param name="Rows">How many rows it trained on.</param>
/// <param name="Losses">Loss on these rows before training and after each epoch.</param>
/// <param name="IsLearned">Whether it learned them.</param>
/// <param name="Finding">What was seen, and what it means, in a sentence.</param>
public sealed record SanityRung(string Name, int Rows, IReadOnlyList<double> Losses, bool IsLearned, string Finding);

/// <summary>What training costs on this device.</summary>
/// <param name="SecondsPerEpoch">One pass over the training part, without validation; extrapolated when it takes long.</param>
/// <param name="Steps">Steps of an epoch.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="StepBytes">About how much memory one forward and backward pass takes; null where it cannot be measured.</param>
/// <param name="LargestBatch">Most rows of a step that were tried and fit.</param>
/// <param name="Limit">What kept it from being larger.</param>
public sealed record TrainingCost(double SecondsPerEpoch, int Steps, int BatchSize, long? StepBytes, int LargestBatch, string Limit);
