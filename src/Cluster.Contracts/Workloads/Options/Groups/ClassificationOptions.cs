#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Loss and class imbalance of classifiers.</summary>
public sealed record ClassificationOptions
{
    [Description(
        "What is minimised and reported as loss: cross-entropy of all classes; bce, the sum over the classes of the cross-entropy of each "
            + "against the others (their mean for two); hinge, the sum of max(0, 1 + wrong - right) over the wrong classes.")]
    public ClassificationLoss Loss { get; init; }

    [SearchRange(0, 0.99), Description("Share of the target probability that is spread evenly over all classes in training.")]
    public double LabelSmoothing { get; init; }

    [Description(
        "Weights of the classes in every reported loss, and in training; balanced weighs each class alike however rare it is. Other "
            + "metrics count rows.")]
    public ClassWeighting ClassWeights { get; init; }

    [Description(
        "How an epoch draws its rows; weighted draws with replacement so that all classes come equally often.")]
    public RowSampling Sampling { get; init; }
}

/// <summary>What a classifier minimises.</summary>
public enum ClassificationLoss
{
    CrossEntropy,
    Bce,
    Hinge,
}

/// <summary>How much each class counts in a loss.</summary>
public enum ClassWeighting
{
    None,
    Balanced,
}

/// <summary>How an epoch draws its rows.</summary>
public enum RowSampling
{
    Uniform,
    Weighted,
}
