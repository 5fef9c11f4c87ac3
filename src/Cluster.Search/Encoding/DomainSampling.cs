namespace SearchCluster.Search.Encoding;

/// <summary>Draws values of one parameter.</summary>
/// <remarks>
/// Both bounds of a domain can be drawn and are never exceeded. On a log scale with steps, each value has the probability of the
/// interval between the middles to its neighbours; the outer intervals reach half a step beyond the bounds, but never below half
/// of the lower one, where a wide step would leave the positive numbers.
/// </remarks>
internal static class DomainSampling
{
    private const ulong Shares = 1UL << 53;

    public static ParameterValue Draw(ParameterDomain domain, RandomStream stream) => domain switch
    {
        RealDomain { StepCount: { } steps } reals => ParameterValue.Real(reals.AtStep((long)DrawStep(
            (UInt128)steps, reals.Min, reals.Max, reals.Step!.Value, reals.IsLog, stream))),
        RealDomain reals => ParameterValue.Real(DrawReal(reals.Min, reals.Max, reals.IsLog, stream)),
        IntegerDomain integers => ParameterValue.Integer(DrawInteger(integers, stream)),
        ItemDomain items => items.Items[(int)stream.NextBelow((ulong)items.Items.Count)],
        BooleanDomain => ParameterValue.Boolean(stream.NextBelow(2) == 1),
        _ => throw new InvalidOperationException(
            $"{domain.GetType().Name} is not a known domain; teach DomainSampling how to draw from it."),
    };

    private static double DrawReal(double min, double max, bool isLog, RandomStream stream)
    {
        // One more share than intervals: 0 and 1 are both drawn, and give the bounds exactly.
        var numerator = stream.NextBelow(Shares + 1);
        if (numerator is 0 or Shares)
        {
            return numerator == 0 ? min : max;
        }

        var share = numerator / (double)Shares;
        var value = isLog
            ? Math.Exp((Math.Log(min) * (1 - share)) + (Math.Log(max) * share))
            : (min * (1 - share)) + (max * share);
        return Math.Clamp(value, min, max);
    }

    private static long DrawInteger(IntegerDomain domain, RandomStream stream)
    {
        if (domain is { IsLog: false, Step: 1 })
        {
            return stream.NextInteger(domain.Min, domain.Max);
        }

        var steps = (UInt128)(((Int128)domain.Max - domain.Min) / domain.Step) + 1;
        return (long)(domain.Min + ((Int128)DrawStep(steps, domain.Min, domain.Max, domain.Step, domain.IsLog, stream) * domain.Step));
    }

    private static UInt128 DrawStep(UInt128 steps, double min, double max, double step, bool isLog, RandomStream stream)
    {
        if (!isLog)
        {
            return stream.NextBelow((ulong)steps);
        }

        var value = DrawReal(Math.Max(min - (step / 2), min / 2), max + (step / 2), isLog: true, stream);
        var index = Math.Round((value - min) / step);
        return index <= 0 ? 0 : UInt128.Min((UInt128)index, steps - 1);
    }
}
