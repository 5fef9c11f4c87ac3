#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>Loss of workloads that give each pixel a class.</summary>
public sealed record PixelClassificationOptions
{
    [SearchRange(0, 0.99), Description("Share of the target probability that is spread evenly over all classes in training.")]
    public double LabelSmoothing { get; init; }

    [Description(
        "Weights of the classes in every reported loss, and in training; balanced weighs each class alike however rare it is. Other "
            + "metrics count pixels.")]
    public ClassWeighting ClassWeights { get; init; }
}
