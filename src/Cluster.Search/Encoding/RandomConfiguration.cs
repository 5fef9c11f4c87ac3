using System.Diagnostics.CodeAnalysis;

namespace SearchCluster.Search.Encoding;

/// <summary>Draws whole configurations: parameter by parameter in the order of their conditions, forbidden ones drawn again.</summary>
internal static class RandomConfiguration
{
    /// <summary>How often a forbidden configuration is drawn again. A space of which 99.9 % is forbidden still
    /// fails only once in 20,000 trials.</summary>
    public const int MaximumDraws = 10_000;

    /// <summary>Draws a configuration.</summary>
    /// <param name="space">What it is drawn from.</param>
    /// <param name="given">Values that are kept where their parameter is active.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="values">The configuration.</param>
    /// <returns>False when every draw was forbidden.</returns>
    public static bool TryDraw(
        SearchSpace space, ParameterValues given, RandomStream stream, [NotNullWhen(true)] out ParameterValues? values)
    {
        for (var draw = 0; draw < MaximumDraws; draw++)
        {
            values = Draw(space, given, stream);
            if (!space.IsForbidden(values))
            {
                return true;
            }
        }

        values = null;
        return false;
    }

    private static ParameterValues Draw(SearchSpace space, ParameterValues given, RandomStream stream)
    {
        var values = ParameterValues.Empty;
        foreach (var parameter in space.Parameters)
        {
            if (parameter.IsActive(values))
            {
                values = values.With(
                    parameter.Name, given.TryGet(parameter.Name, out var kept) ? kept : DomainSampling.Draw(parameter.Domain, stream));
            }
        }

        return values;
    }
}
