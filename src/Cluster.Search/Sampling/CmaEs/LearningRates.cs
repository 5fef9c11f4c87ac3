using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Adapts the learning rates of mean and covariance so that the signal-to-noise ratio of their updates stays constant.</summary>
/// <remarks>
/// A generation's update is damped where updates of several generations contradict each other: on noisy and multimodal functions.
/// Source: Nomura, Akimoto and Ono, "CMA-ES with Learning Rate Adaptation", GECCO 2023, arXiv:2304.03473, algorithm 2, with its constants.
/// </remarks>
/// <param name="dimensions">Coordinates.</param>
internal sealed class LearningRates(int dimensions)
{
    private const double Alpha = 1.4;
    private const double Gamma = 0.1;
    private readonly Signal _mean = new(0.1, dimensions);
    private readonly Signal _covariance = new(0.03, dimensions * dimensions);

    /// <summary>Takes the part of an update that the learning rates allow.</summary>
    /// <param name="model">The distribution before the update.</param>
    /// <param name="before">m, σ and C before.</param>
    /// <param name="after">m, σ and C after a full update.</param>
    /// <returns>m, σ and C.</returns>
    public (double[] Mean, double StepSize, Matrix<double> Covariance) Damp(
        CovarianceAdaptation model,
        (double[] Mean, double StepSize, Matrix<double> Covariance) before,
        (double[] Mean, double StepSize, Matrix<double> Covariance) after)
    {
        var n = dimensions;
        var sigmaBefore = before.Covariance * (before.StepSize * before.StepSize);
        var sigmaChange = (after.Covariance * (after.StepSize * after.StepSize)) - sigmaBefore;
        var inverse = InverseRoot(model) / before.StepSize;
        var meanChange = DenseVector.OfEnumerable(after.Mean.Select((m, i) => (m - before.Mean[i]) / model.Scales[i]));
        var oldRate = _mean.Rate;
        _mean.Adapt(inverse * meanChange);
        _covariance.Adapt(DenseVector.OfArray((inverse * sigmaChange * inverse).ToColumnMajorArray()) / Math.Sqrt(2));

        var sigma = sigmaBefore + (sigmaChange * _covariance.Rate);
        var logDeterminant = sigma.Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Log(Math.Max(double.Epsilon, value.Real)));
        var stepSize = Math.Exp(logDeterminant / (2 * n));
        double[] mean = [.. before.Mean.Select((m, i) => m + (_mean.Rate * (after.Mean[i] - m)))];
        return (mean, stepSize * oldRate / _mean.Rate, sigma / (stepSize * stepSize));
    }

    private static Matrix<double> InverseRoot(CovarianceAdaptation model) =>
        model.Axes * DenseMatrix.OfDiagonalArray([.. model.Lengths.Select(length => 1 / length)]) * model.Axes.Transpose();

    /// <summary>Moving averages of one kind of update, and its learning rate η.</summary>
    private sealed class Signal(double beta, int length)
    {
        private Vector<double> _average = new DenseVector(length);
        private double _power;

        public double Rate { get; private set; } = 1;

        public void Adapt(Vector<double> change)
        {
            _average = (_average * (1 - beta)) + (change * beta);
            _power = (_power * (1 - beta)) + (beta * change.DotProduct(change));
            var signal = _average.DotProduct(_average);
            var noise = _power - signal;
            var ratio = noise <= 0 ? double.PositiveInfinity : (signal - (beta / (2 - beta) * _power)) / noise;
            var trend = Math.Clamp((ratio / (Alpha * Rate)) - 1, -1, 1);
            Rate = Math.Min(1, Rate * Math.Exp(Math.Min(Gamma * Rate, beta) * trend));
        }
    }
}
