using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Scheduling.PopulationBased;

/// <summary>Which parameters a population may change.</summary>
public enum PerturbedKinds
{
    /// <summary>Real ones: step sizes, penalties, rates. They never decide the shape of a network.</summary>
    Real,

    /// <summary>Real and whole ones.</summary>
    Numbers,

    /// <summary>All, items and truth values too.</summary>
    All,
}

/// <summary>Changes a good trial's configuration a little, for a trial that goes on from its checkpoint.</summary>
/// <remarks>
/// Each parameter that may change is drawn anew from the space with a small probability, else moved up or down with equal probability:
/// on a log scale by a factor, elsewhere by the same share of its range, and by at least one step. Bounds and
/// steps are kept. A parameter that the change makes active is drawn from the space. Source: Jaderberg et al.,
/// "Population Based Training of Neural Networks", arXiv:1711.09846, section 4.1.2 (perturb and resample). Differs: a shift instead of a
/// factor on a linear scale, where a factor would never leave 0.
/// </remarks>
/// <param name="space">Whose bounds and steps are kept.</param>
/// <param name="kinds">Which parameters may change.</param>
/// <param name="factor">Factor on a log scale; less 1, it is the share of the range elsewhere.</param>
/// <param name="resample">Probability of a new draw.</param>
internal sealed class Exploration(SearchSpace space, PerturbedKinds kinds, double factor, double resample)
{
    // As often a forbidden configuration is tried again; a population that meets so many has hardly a neighbour that is allowed.
    private const int MostDraws = 100;

    /// <summary>Draws a neighbour of a configuration.</summary>
    /// <param name="values">The good trial's values.</param>
    /// <param name="stream">Random numbers.</param>
    /// <returns>A configuration of the space; null when every draw was forbidden.</returns>
    public ParameterValues? Draw(ParameterValues values, RandomStream stream)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var next = ParameterValues.Empty;
            foreach (var parameter in space.Parameters)
            {
                if (parameter.IsActive(next))
                {
                    next = next.With(parameter.Name, values.TryGet(parameter.Name, out var value)
                        ? Change(parameter.Domain, value, stream)
                        : DomainSampling.Draw(parameter.Domain, stream));
                }
            }

            if (!space.IsForbidden(next))
            {
                return next;
            }
        }

        return null;
    }

    private ParameterValue Change(ParameterDomain domain, ParameterValue value, RandomStream stream)
    {
        if (!MayChange(domain))
        {
            return value;
        }

        if (stream.NextDouble() < resample)
        {
            return DomainSampling.Draw(domain, stream);
        }

        var isUp = stream.NextBelow(2) == 1;
        return domain switch
        {
            RealDomain reals => ParameterValue.Real(Move(reals, Number(value), isUp)),
            IntegerDomain integers => ParameterValue.Integer(Move(integers, Number(value), isUp)),
            _ => value,
        };
    }

    private bool MayChange(ParameterDomain domain) =>
        domain is RealDomain || (domain is IntegerDomain ? kinds != PerturbedKinds.Real : kinds == PerturbedKinds.All);

    private double Move(RealDomain domain, double value, bool isUp)
    {
        var moved = Shift(value, domain.Min, domain.Max, domain.IsLog, isUp);
        return domain is { Step: { } step, StepCount: { } count }
            ? domain.AtStep((long)MovedStep((value - domain.Min) / step, (moved - domain.Min) / step, count - 1, isUp))
            : Math.Clamp(moved, domain.Min, domain.Max);
    }

    private long Move(IntegerDomain domain, double value, bool isUp)
    {
        var moved = Shift(value, domain.Min, domain.Max, domain.IsLog, isUp);
        var step = MovedStep((value - domain.Min) / domain.Step, (moved - domain.Min) / domain.Step, domain.Count - 1, isUp);
        return (long)Int128.Min(domain.Min + ((Int128)step * domain.Step), domain.Max);
    }

    private double Shift(double value, double min, double max, bool isLog, bool isUp) =>
        isLog ? (isUp ? value * factor : value / factor) : value + ((factor - 1) * (max - min) * (isUp ? 1 : -1));

    private static double MovedStep(double from, double to, double last, bool isUp)
    {
        var current = Math.Round(from);
        var moved = isUp ? Math.Max(Math.Round(to), current + 1) : Math.Min(Math.Round(to), current - 1);
        return Math.Clamp(moved, 0, last);
    }

    private static double Number(ParameterValue value) => value.TryGetNumber(out var number) ? number : 0;
}
