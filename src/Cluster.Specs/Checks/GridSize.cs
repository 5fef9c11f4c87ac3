using System.Globalization;
using System.Numerics;
using SearchCluster.Specs.Binding;

namespace SearchCluster.Specs.Checks;

/// <summary>Checks that a grid is countable and not too large, without enumerating it.</summary>
internal static class GridSize
{
    /// <summary>Checks the space of a grid search.</summary>
    /// <param name="root">The file.</param>
    /// <param name="space">The space.</param>
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

        if (endless.Length > 0 || budget.Trials is not null)
        {
            return;
        }

        var (size, product) = Measure(space);
        if (size > SpecLimits.GridPoints)
        {
            root.Problems.Error(
                SpecCodes.GridTooLarge,
                root.Find("space")!.Key.At,
                "space",
                $"the grid has {product} points, but without budget.trials it may have at most {SpecLimits.GridPoints.ToString("#,0", CultureInfo.InvariantCulture)}",
                "set budget.trials, or use fewer gridPoints");
        }
    }

    /// <summary>Counts the configurations of a grid.</summary>
    /// <param name="space">A space whose parameters are all countable.</param>
    /// <returns>How many, and the product in words; an upper bound where many conditions make the exact count expensive.</returns>
    public static (BigInteger Size, string Product) Measure(SearchSpace space)
    {
        BigInteger[] counts = [.. space.Parameters.Select(parameter => (BigInteger)GridAxis.Of(parameter)!.Count)];
        var product = counts.Aggregate(BigInteger.One, (a, b) => a * b);
        var conditions = space.Parameters.Sum(parameter => parameter.When?.Count ?? 0) + (space.Forbidden?.Sum(combination => combination.Conditions.Count) ?? 0);
        var size = conditions is > 0 and <= Reachability.MostConditions ? new GridSpace(space).Count : product;
        var factors = counts.Length is > 1 and <= 8 && size == product ? string.Join(" × ", counts.Select(Format)) + " = " : "";
        return (size, factors + Format(size));
    }

    private static string Format(BigInteger number) =>
        number < BigInteger.Pow(10, 18) ? number.ToString("#,0", CultureInfo.InvariantCulture) : "about 10^" + Math.Round(BigInteger.Log10(number)).ToString(CultureInfo.InvariantCulture);
}
