#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>How training images are varied.</summary>
public sealed record AugmentationOptions
{
    [Description("Mirror half of the training images left to right.")]
    public bool Flip { get; init; }

    [SearchRange(0, 64), Description(
        "Shift each training image by up to so many pixels in both directions; what comes in is the border repeated.")]
    public int Crop { get; init; }

    [SearchRange(0, 60), Description("Shear each training image by up to so many degrees.")]
    public double Shear { get; init; }

    [SearchGroup]
    public PhotometricOptions Photometric { get; init; } = new();
}
