using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>The normal distribution of CMA-ES: mean, step size, covariance and their evolution paths.</summary>
/// <remarks>
/// Symbols: <see cref="Mean"/> is m, <see cref="StepSize"/> σ, the eigenvectors B and the square roots of the eigenvalues D of C.
/// Cost of an update O(λ n² + n³). Source: Hansen 2016, arXiv:1604.00772, equations 42 to 55, with negative weights.
/// </remarks>
internal sealed class CovarianceAdaptation
{
    // Far below what double precision resolves; keeps C invertible when a coordinate stops to matter (Hamano et al. 2022, section 4).
    private const double SmallestVariance = 1e-30;

    // A step of length 0 has no direction to shrink.
    private const double ShortestStep = 1e-12;

    private readonly StrategyParameters _parameters;
    private readonly LearningRates? _rates;
    private readonly Vector<double> _stepPath;
    private readonly Vector<double> _covariancePath;
    private Matrix<double> _covariance;
    private int _generation;

    /// <summary>Starts from a sphere around a point.</summary>
    /// <param name="mean">m, [n].</param>
    /// <param name="stepSize">σ, above 0.</param>
    /// <param name="parameters">Weights and learning rates.</param>
    /// <param name="adaptsRates">True to adapt the learning rates to the noise (LRA-CMA-ES).</param>
    public CovarianceAdaptation(double[] mean, double stepSize, StrategyParameters parameters, bool adaptsRates)
    {
        var n = mean.Length;
        (_parameters, Mean, StepSize) = (parameters, mean, stepSize);
        _rates = adaptsRates ? new LearningRates(n) : null;
        _covariance = DenseMatrix.CreateIdentity(n);
        Axes = DenseMatrix.CreateIdentity(n);
        (_stepPath, _covariancePath) = (new DenseVector(n), new DenseVector(n));
        (Scales, Lengths) = (Ones(n), Ones(n));
    }

    /// <summary>m, the centre; the margin moves it.</summary>
    public double[] Mean { get; private set; }

    /// <summary>σ, the step size.</summary>
    public double StepSize { get; private set; }

    /// <summary>A, factors of the coordinates that the margin widens; 1 without a margin.</summary>
    public double[] Scales { get; }

    /// <summary>B, the eigenvectors of C in its columns.</summary>
    public Matrix<double> Axes { get; private set; }

    /// <summary>D, the square roots of the eigenvalues of C.</summary>
    public double[] Lengths { get; private set; }

    /// <summary>The standard deviation of a coordinate.</summary>
    /// <param name="index">Which.</param>
    /// <returns>σ A √C.</returns>
    public double Deviation(int index) => StepSize * Scales[index] * Math.Sqrt(_covariance[index, index]);

    /// <summary>Learns from one generation.</summary>
    /// <param name="steps">y = (x - m) / (σ A) of each result, [λ][n].</param>
    /// <param name="weights">The weight of each result; the positive ones sum to 1.</param>
    public void Update(double[][] steps, double[] weights)
    {
        var p = _parameters;
        _generation++;
        var (mean, covariance, stepSize) = (Mean, _covariance, StepSize);
        var vectors = Array.ConvertAll(steps, step => (Vector<double>)DenseVector.OfArray(step));
        var step = Weighted(vectors, weights, mean.Length);
        var (length, isStalled) = MovePaths(step);
        _covariance = Adapted(vectors, weights, isStalled);

        // A factor above e in one generation never helps; it comes from results far outside the distribution.
        StepSize = stepSize * Math.Exp(Math.Min(1, p.CSigma / p.DSigma * (length - 1)));
        Mean = [.. mean.Select((m, i) => m + (stepSize * Scales[i] * step[i]))];
        if (_rates is not null)
        {
            (Mean, StepSize, _covariance) = _rates.Damp(this, (mean, stepSize, covariance), (Mean, StepSize, _covariance));
        }

        Decompose();
    }

    /// <summary>Maps a step to one of the standard normal distribution.</summary>
    /// <param name="step">y, [n].</param>
    /// <returns>C^(-1/2) y.</returns>
    public Vector<double> Whitened(Vector<double> step)
    {
        var rotated = Axes.TransposeThisAndMultiply(step);
        rotated.MapIndexedInplace((i, value) => value / Lengths[i]);
        return Axes * rotated;
    }

    // The length of the step size's path, in units of its expectation under random selection, and whether it is so long that the other
    // path must wait (h_σ = 0).
    private (double Length, bool IsStalled) MovePaths(Vector<double> step)
    {
        var p = _parameters;
        _stepPath.Multiply(1 - p.CSigma, _stepPath);
        _stepPath.Add(Whitened(step) * Math.Sqrt(p.CSigma * (2 - p.CSigma) * p.MuEff), _stepPath);
        var length = _stepPath.L2Norm() / p.ExpectedLength;
        var isStalled = length / Math.Sqrt(1 - Math.Pow(1 - p.CSigma, 2 * _generation)) >= 1.4 + (2.0 / (Mean.Length + 1));
        _covariancePath.Multiply(1 - p.CC, _covariancePath);
        if (!isStalled)
        {
            _covariancePath.Add(step * Math.Sqrt(p.CC * (2 - p.CC) * p.MuEff), _covariancePath);
        }

        return (length, isStalled);
    }

    private Matrix<double> Adapted(Vector<double>[] vectors, double[] weights, bool isStalled)
    {
        var p = _parameters;
        var decay = (p.C1 * (isStalled ? p.CC * (2 - p.CC) : 0)) - p.C1 - (p.CMu * weights.Sum());
        var adapted = (_covariance * (1 + decay)) + (_covariancePath.OuterProduct(_covariancePath) * p.C1);
        for (var i = 0; i < vectors.Length; i++)
        {
            // Negative weights are scaled by the length of their step, so that C stays positive definite (equation 46).
            var weight = weights[i] >= 0
                ? weights[i]
                : weights[i] * Mean.Length / Math.Max(ShortestStep, Square(Whitened(vectors[i]).L2Norm()));
            adapted += vectors[i].OuterProduct(vectors[i]) * (p.CMu * weight);
        }

        return adapted;
    }

    private void Decompose()
    {
        _covariance = (_covariance + _covariance.Transpose()) * 0.5;
        var decomposition = _covariance.Evd(Symmetricity.Symmetric);
        Axes = decomposition.EigenVectors;
        var smallest = SmallestVariance / Square(StepSize);
        Lengths = [.. decomposition.EigenValues.Select(value => Math.Sqrt(Math.Max(smallest, value.Real)))];
        if (decomposition.EigenValues.Any(value => value.Real < smallest))
        {
            _covariance = Axes * DenseMatrix.OfDiagonalArray([.. Lengths.Select(Square)]) * Axes.Transpose();
        }
    }

    private static Vector<double> Weighted(Vector<double>[] steps, double[] weights, int n)
    {
        Vector<double> sum = new DenseVector(n);
        for (var i = 0; i < steps.Length; i++)
        {
            if (weights[i] > 0)
            {
                sum += steps[i] * weights[i];
            }
        }

        return sum;
    }

    private static double[] Ones(int n)
    {
        var ones = new double[n];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double Square(double value) => value * value;
}
