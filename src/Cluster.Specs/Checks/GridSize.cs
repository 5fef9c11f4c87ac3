using System.Globalization;
using System.Numerics;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Checks;

/// <summary>Checks that a grid is countable and not too large, without enumerating it.</summary>
internal static class GridSize
{
    /// <summary>Checks the space of a grid search.</summary>
    /// <param name="root">The file.</param>
    /// <param name="space">What the grid covers.</param>
    /// <param name="budget">Its limits.</param>
    public static void Check(Section root, SearchSpace space, BudgetSpec budget)
    {
        var parameters = (Syntax.MappingNode)root.Find("space")!.Value;
        var endless = space.Parameters.Where(parameter => GridAxis.Of(parameter) is null).ToArray();
        foreach (var parameter in endless)
        {
            root.Problems.Error(
                SpecCodes.GridAxis,
                parameters.Find(parameter.Name)!.Key.At,
                $"space.{parameter.Name}",
                $"space.{parameter.Name}: algorithm grid needs gridPoints or step for a parameter of real numbers",
                "for example gridPoints: 5");
        }

        if (endless.Length > 0)
        {
            return;
        }

        if (TryMeasure(space) is not var (size, product))
        {
            root.Problems.Error(
                SpecCodes.GridTooLarge,
                (root.Find("forbid") ?? root.Find("space"))!.Key.At,
                "forbid",
                "forbid and when combine in too many ways for algorithm grid to count",
                "use fewer forbid entries, or algorithm random");
        }
        else if (budget.Trials is null && size > SpecLimits.GridPoints)
        {
            root.Problems.Error(
                SpecCodes.GridTooLarge,
                root.Find("space")!.Key.At,
                "space",
                $"the grid has {product} points, but without budget.trials it may have at most "
                    + $"{SpecLimits.GridPoints.ToString("#,0", CultureInfo.InvariantCulture)}",
                "set budget.trials, or use fewer gridPoints");
        }
    }

    /// <summary>Counts the configurations of a grid.</summary>
    /// <param name="space">A space whose parameters are all countable, and that was checked.</param>
    /// <returns>How many, and the product in words.</returns>
    public static (BigInteger Size, string Product) Measure(SearchSpace space)
    {
        BigInteger[] counts = [.. space.Parameters.Select(parameter => (BigInteger)GridAxis.Of(parameter)!.Count)];
        var product = counts.Aggregate(BigInteger.One, (a, b) => a * b);
        var isPlain = space.Forbidden is null or { Count: 0 } && space.Parameters.All(parameter => parameter.When is null or { Count: 0 });
        var size = isPlain ? product : new GridSpace(space).Count;
        var factors = counts.Length is > 1 and <= 8 && size == product ? string.Join(" × ", counts.Select(Format)) + " = " : "";
        return (size, factors + Format(size));
    }

    private static (BigInteger Size, string Product)? TryMeasure(SearchSpace space)
    {
        try
        {
            return Measure(space);
        }
        catch (GridTooEntangledException)
        {
            return null;
        }
    }

    private static string Format(BigInteger number) =>
        number < BigInteger.Pow(10, 18)
            ? number.ToString("#,0", CultureInfo.InvariantCulture)
            : "about 10^" + Math.Round(BigInteger.Log10(number)).ToString(CultureInfo.InvariantCulture);
}
