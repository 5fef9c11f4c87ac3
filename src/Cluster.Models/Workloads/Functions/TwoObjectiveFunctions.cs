namespace SearchCluster.Models.Workloads.Functions;

/// <summary>Test functions with two objectives, both to be minimised, for coordinates from 0 to 1.</summary>
/// <remarks>
/// On the Pareto front all coordinates but the first are 0. Source: Zitzler, Deb and Thiele, "Comparison of Multiobjective Evolutionary
/// Algorithms: Empirical Results", Evolutionary Computation 8(2), 2000, functions T1 and T3.
/// </remarks>
internal static class TwoObjectiveFunctions
{
    /// <summary>Convex front: the second value is 1 - √(first).</summary>
    /// <param name="x">At least two coordinates.</param>
    /// <returns>Both values.</returns>
    public static double[] Zdt1(double[] x)
    {
        var g = Distance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g))];
    }

    /// <summary>Front of five separate parts.</summary>
    /// <param name="x">At least two coordinates.</param>
    /// <returns>Both values.</returns>
    public static double[] Zdt3(double[] x)
    {
        var g = Distance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g) - (x[0] / g * Math.Sin(10 * Math.PI * x[0])))];
    }

    // 1 on the front, up to 10 far from it.
    private static double Distance(double[] x) => 1 + (9 * x.Skip(1).Sum() / (x.Length - 1));
}
