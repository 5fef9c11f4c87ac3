namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>Losses as the model sees them: a power transform that makes them look normal, bad outliers pulled
/// in, mean 0 and deviation 1.</summary>
/// <remarks>
/// With u = (loss - best) / (median - best) it is the Box-Cox transform ((u + c)^λ - 1) / λ, λ chosen by the likelihood of normal
/// values; below the best loss of the fit it goes on as a straight line, so later and better losses are covered. Losses that rise over
/// orders of magnitude (λ near 0) no longer flatten the valley that matters; c keeps the resolution at the best loss finite.
/// Source: Box and Cox, "An Analysis of Transformations", 1964; its use for tuning is Cowen-Rivers et al., "HEBO", JAIR 74, 2022.
/// </remarks>
internal sealed class OutputTransform
{
    /// <summary>c: a tenth of the distance from the best loss to the median is still resolved about evenly.</summary>
    private const double Offset = 0.1;
    private static readonly double[] Powers = [1, 0.75, 0.5, 0.25, 0];
    private readonly double _best;
    private readonly double _unit;
    private readonly double _power;
    private double _ceiling = double.PositiveInfinity;
    private double _centre;
    private double _scale = 1;

    private OutputTransform(double best, double unit, double power) => (_best, _unit, _power) = (best, unit, power);

    /// <summary>True when the power is not 1.</summary>
    public bool IsBent => _power != 1;

    /// <summary>Fits the transform.</summary>
    /// <param name="losses">Losses, at least one of them finite; the others failed, and count as the worst that is distinguished.</param>
    /// <param name="isBent">Whether the power is chosen; otherwise it is 1.</param>
    public static OutputTransform Fit(ReadOnlySpan<double> losses, bool isBent)
    {
        var sorted = Array.FindAll(losses.ToArray(), double.IsFinite).Order().ToArray();
        var spread = sorted[sorted.Length / 2] - sorted[0];
        var unit = spread > 0 && double.IsFinite(spread) ? spread : Math.Max(sorted[^1] - sorted[0], 0);
        unit = unit > 0 && double.IsFinite(unit) ? unit : 1;
        OutputTransform? chosen = null;
        var highest = double.NegativeInfinity;
        foreach (var power in isBent ? Powers : Powers[..1])
        {
            var candidate = new OutputTransform(sorted[0], unit, power);
            var likelihood = candidate.Standardise(sorted);
            if (chosen is null || likelihood > highest)
            {
                (chosen, highest) = (candidate, likelihood);
            }
        }

        return chosen!;
    }

    /// <summary>Transforms a loss.</summary>
    /// <param name="loss">Any loss; +∞ for a failed trial.</param>
    /// <returns>In units of the standardised loss.</returns>
    public double Apply(double loss) => (Math.Min(Power(loss), _ceiling) - _centre) / _scale;

    /// <summary>Computes the logarithm of the transform's slope.</summary>
    /// <param name="loss">Any loss; +∞ for a failed trial.</param>
    /// <returns>The logarithm, losses measured from the best to the median; 0 for a failed trial. Pulled-in
    /// losses count as if they were not.</returns>
    public double LogSlope(double loss) =>
        double.IsFinite(loss) ? ((_power - 1) * Math.Log(Math.Max(0, (loss - _best) / _unit) + Offset)) - Math.Log(_scale) : 0;

    /// <summary>Transforms back.</summary>
    /// <param name="value">In units of the standardised loss.</param>
    /// <returns>The loss.</returns>
    public double Undo(double value)
    {
        var bent = _centre + (_scale * value);
        var floor = BoxCox(Offset);
        if (bent < floor)
        {
            return _best + (_unit * (bent - floor) / Math.Pow(Offset, _power - 1));
        }

        var shifted = _power == 0 ? Math.Exp(bent) : Math.Pow(Math.Max(0, (bent * _power) + 1), 1 / _power);
        return _best + (_unit * (shifted - Offset));
    }

    private double Power(double loss)
    {
        if (double.IsPositiveInfinity(loss))
        {
            return double.PositiveInfinity;
        }

        var place = (loss - _best) / _unit;
        return place >= 0 ? BoxCox(place + Offset) : BoxCox(Offset) + (place * Math.Pow(Offset, _power - 1));
    }

    private double BoxCox(double x) => _power == 0 ? Math.Log(x) : (Math.Pow(x, _power) - 1) / _power;

    // Sets ceiling, centre and scale; gives the log likelihood of normal losses with this power, up to a constant.
    private double Standardise(double[] sorted)
    {
        var bent = Array.ConvertAll(sorted, Power);
        var middle = bent.Average();
        var variance = bent.Average(value => (value - middle) * (value - middle));
        var jacobian = (_power - 1) * sorted.Sum(loss => Math.Log(((loss - _best) / _unit) + Offset));
        var median = bent[bent.Length / 2];

        // Beyond five times the distance from the best to the median a loss is just bad; at least a quarter of them stay apart.
        _ceiling = Math.Max(median + (5 * (median - bent[0])), bent[Math.Min(bent.Length - 1, 3 * bent.Length / 4)]);
        var clipped = Array.ConvertAll(bent, value => Math.Min(value, _ceiling));
        var centre = clipped.Average();
        var deviation = Math.Sqrt(clipped.Average(value => (value - centre) * (value - centre)));
        _centre = centre;
        _scale = deviation > 1e-300 && double.IsFinite(deviation) ? deviation : 1;
        return jacobian - (0.5 * bent.Length * Math.Log(Math.Max(variance, 1e-300)));
    }
}
