namespace SearchCluster.Contracts.Parameters;

/// <summary>The points of one parameter in a grid, in ascending order (items in the order of their list), each computed alone.</summary>
/// <remarks>
/// A real domain without a step has <see cref="ParameterSpec.GridPoints"/> points, evenly spaced on its scale with both bounds exact;
/// one point is the middle of the scale. Any other domain has all of its values, or as many of them as the parameter has grid points,
/// spread evenly over its scale. No two points are equal.
/// </remarks>
public sealed class GridAxis
{
    private readonly Func<UInt128, ParameterValue> _at;

    private GridAxis(ParameterSpec parameter, UInt128 count, Func<UInt128, ParameterValue> at) =>
        (Parameter, Count, _at) = (parameter, count, at);

    /// <summary>The parameter.</summary>
    public ParameterSpec Parameter { get; }

    /// <summary>How many points there are, at least 1; the full range of whole numbers has 2^64.</summary>
    public UInt128 Count { get; }

    /// <summary>True when the points are numbers in ascending order.</summary>
    public bool IsAscending => Parameter.Domain is RealDomain or IntegerDomain;

    /// <summary>Makes the axis of a parameter.</summary>
    /// <returns>The axis, or null when the domain is not countable and the parameter has no grid points.</returns>
    public static GridAxis? Of(ParameterSpec parameter) => parameter.Domain switch
    {
        ItemDomain items => new(parameter, (UInt128)items.Items.Count, index => items.Items[(int)index]),
        BooleanDomain => new(parameter, 2, index => ParameterValue.Boolean(index == 1)),
        IntegerDomain integers => OfIntegers(parameter, integers),
        RealDomain { StepCount: { } steps } reals => OfSteps(parameter, reals, (UInt128)steps),
        RealDomain reals when parameter.GridPoints is { } points => OfReals(parameter, reals, reals.Min == reals.Max ? 1 : points),
        _ => null,
    };

    /// <summary>Computes one point.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public ParameterValue At(UInt128 index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _at(index);
    }

    private static GridAxis OfIntegers(ParameterSpec parameter, IntegerDomain domain)
    {
        var all = (UInt128)(((Int128)domain.Max - domain.Min) / domain.Step) + 1;
        var positions = Positions(all, parameter.GridPoints, domain.Min, domain.Max, domain.Step, domain.IsLog);
        return new(
            parameter,
            positions.Count,
            index => ParameterValue.Integer((long)(domain.Min + ((Int128)positions.At(index) * domain.Step))));
    }

    private static GridAxis OfSteps(ParameterSpec parameter, RealDomain domain, UInt128 all)
    {
        var positions = Positions(all, parameter.GridPoints, domain.Min, domain.Max, domain.Step!.Value, domain.IsLog);
        return new(parameter, positions.Count, index => ParameterValue.Real(domain.AtStep((long)positions.At(index))));
    }

    private static GridAxis OfReals(ParameterSpec parameter, RealDomain domain, int points) =>
        new(parameter, (UInt128)points, index => ParameterValue.Real(AtShare(domain.Min, domain.Max, domain.IsLog, (double)index, points)));

    // The bounds are returned as they are, not computed, so that they are exact.
    private static double AtShare(double min, double max, bool isLog, double index, double points)
    {
        if (points > 1 && (index == 0 || index == points - 1))
        {
            return index == 0 ? min : max;
        }

        var share = points == 1 ? 0.5 : index / (points - 1);
        var value = isLog
            ? Math.Exp(Math.Log(min) + ((Math.Log(max) - Math.Log(min)) * share))
            : (min * (1 - share)) + (max * share);
        return Math.Clamp(value, min, max);
    }

    /// <summary>Chooses which steps of a countable domain are points of the axis.</summary>
    private static (UInt128 Count, Func<UInt128, UInt128> At) Positions(
        UInt128 all, int? wanted, double min, double max, double step, bool isLog)
    {
        if (wanted is not { } points || (UInt128)points >= all)
        {
            return (all, index => index);
        }

        var count = (UInt128)points;
        if (count == 1)
        {
            return (1, _ => isLog ? Nearest(AtShare(min, max, true, 0, 1)) : (all - 1) / 2);
        }

        // On a log scale the steps near the lower bound would coincide after rounding; there the axis takes step after step until
        // the geometric sequence overtakes, which happens once, because it is convex. So the points are distinct and end at the last step.
        return isLog
            ? (count, index => UInt128.Min(
                all - count + index, UInt128.Max(index, Nearest(AtShare(min, max, true, (double)index, points)))))
            : (count, index => ((index * (all - 1)) + ((count - 1) / 2)) / (count - 1));

        UInt128 Nearest(double value) => (UInt128)Math.Round((value - min) / step);
    }
}
