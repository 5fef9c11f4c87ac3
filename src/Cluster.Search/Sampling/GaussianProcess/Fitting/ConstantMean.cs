using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>The constant mean of the process, and the weights of the observations around it.</summary>
/// <param name="Mean">The constant, in units of the standardised loss.</param>
/// <param name="Weights">K⁻¹ (y - mean).</param>
internal readonly record struct ConstantMean(double Mean, double[] Weights)
{
    /// <summary>Computes both; the prior of the constant is standard normal.</summary>
    /// <param name="factor">Factor of K.</param>
    /// <param name="targets">y.</param>
    /// <returns>Mean and weights.</returns>
    public static ConstantMean Solve(CholeskyFactor factor, ReadOnlySpan<double> targets)
    {
        var n = targets.Length;
        var (ones, weights) = (new double[n], targets.ToArray());
        Array.Fill(ones, 1);
        factor.SolveLower(ones);
        factor.SolveLower(weights);
        var mean = VectorKernels.Dot(ones, weights) / (1 + VectorKernels.Dot(ones, ones));
        VectorKernels.AddScaled(-mean, ones, weights);
        factor.SolveUpper(weights);
        return new(mean, weights);
    }
}
