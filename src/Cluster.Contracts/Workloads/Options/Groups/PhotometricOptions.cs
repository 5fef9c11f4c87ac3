#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Workloads.Options.Groups;

/// <summary>How training images are varied without moving what they show: their targets stay true.</summary>
public sealed record PhotometricOptions
{
    [SearchRange(0, 1), Description("Change the brightness of each training image by up to this share of the range.")]
    public double Brightness { get; init; }

    [SearchRange(0, 1), Description("Change the contrast of each training image by up to this share.")]
    public double Contrast { get; init; }

    [SearchRange(0, 10), Description("Blur each training image with a deviation of up to so many pixels.")]
    public double Blur { get; init; }
}
