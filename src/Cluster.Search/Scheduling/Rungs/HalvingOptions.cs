#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>What the schedulers of successive halving have in common.</summary>
public sealed record HalvingOptions
{
    [Required, SearchRange(1, Resources.Most), Description("Resource of a whole trial, for example its epochs.")]
    public int Max { get; init; }

    [SearchRange(0, Resources.Most), Description("Resource of the first rung; 0 for max / 27, at least 1.")]
    public int Min { get; init; }

    /// <summary>η in the papers.</summary>
    [SearchRange(1.1, 16), Description("One in so many trials of a rung goes on to the next, which lies so many times higher.")]
    public double Reduction { get; init; } = 3;

    [Description(
        "stopping ends the others while they run; promotion pauses all at each rung and continues the best from their checkpoints.")]
    public HalvingVariant Variant { get; init; }

    /// <summary>The levels of all rungs, the lowest first.</summary>
    /// <exception cref="ConfigurationException"><see cref="Max"/> is below <see cref="Min"/>.</exception>
    public ImmutableArray<int> Levels => Min <= Max
        ? RungLevels.Of(Min > 0 ? Min : RungLevels.StandardMin(Max), Max, Reduction)
        : throw new ConfigurationException(
            string.Create(CultureInfo.InvariantCulture, $"max is {Max}, but must be at least min, which is {Min}; swap or change them."));
}

/// <summary>What happens at a rung.</summary>
public enum HalvingVariant
{
    /// <summary>The worse are stopped while they run.</summary>
    Stopping,

    /// <summary>All pause, and the best are continued.</summary>
    Promotion,
}
