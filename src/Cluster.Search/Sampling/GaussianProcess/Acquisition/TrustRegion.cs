namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>How far around the best observation the acquisition is searched: farther after successes, nearer after failures.</summary>
/// <remarks>
/// | since the last change | then |
/// | 3 observations in a row improve on the best one | the side doubles, up to 1.6 |
/// | as many as dimensions, at least 5, in a row do not | the side halves |
/// | the side falls below 2⁻⁷ | a new region begins with a new start-up design |
/// The state is a fold over the observations in the order in which they became known; pending trials do not change it. Observations of
/// a start-up design only find the centre. Source: Eriksson et al., "Scalable Global Optimization via Local Bayesian Optimization",
/// NeurIPS 2019, arXiv:1910.01739, section 3 (TuRBO-1). Differs: the model keeps the observations of earlier regions, because it knows
/// no worse for them; expected improvement instead of Thompson samples, as everywhere in this sampler. After 100 trials of 12 and 20
/// numbers it was no better than the whole space (sphere 1.4e-5 against 1.9e-5, Ackley 8.3 against 7.0, Rosenbrock 279 against 143: the
/// prior of the length scales already grows with the dimension), so it is an option and off by default.
/// </remarks>
/// <param name="startup">Observations of the design with which a region begins.</param>
/// <param name="dimensions">Dimensions of the box.</param>
internal sealed class TrustRegion(int startup, int dimensions)
{
    private const double FirstSide = 0.8;
    private const double LargestSide = 1.6;
    private const double SmallestSide = 1.0 / 128;
    private const int SuccessesToGrow = 3;
    private const int FewestFailuresToShrink = 5;

    // A gain below a thousandth of the size of the best loss is no success.
    private const double LeastGain = 1e-3;
    private int _seen;
    private int _sinceStart;
    private int _successes;
    private int _failures;
    private double _best = double.PositiveInfinity;

    /// <summary>Side length of the box before scaling, in parts of the range.</summary>
    public double Side { get; private set; } = FirstSide;

    /// <summary>Index of the best observation of this region; -1 while there is none.</summary>
    public int Centre { get; private set; } = -1;

    /// <summary>True while the design of this region is not complete, or found nothing but failures.</summary>
    public bool IsStarting => _sinceStart < startup || Centre < 0;

    /// <summary>How many observations the design of this region lacks; below 1 when it is complete.</summary>
    public int Missing => startup - _sinceStart;

    /// <summary>Takes over what became known.</summary>
    /// <param name="losses">All losses in the order in which they became known; +∞ for a failed trial.</param>
    public void Update(ReadOnlySpan<double> losses)
    {
        for (; _seen < losses.Length; _seen++)
        {
            var loss = losses[_seen];
            var isSuccess = loss < _best - (LeastGain * Math.Abs(_best)) || !double.IsFinite(_best);
            if (!IsStarting)
            {
                Count(isSuccess);
            }

            if (loss < _best)
            {
                (_best, Centre) = (loss, _seen);
            }

            _sinceStart++;
            if (Side < SmallestSide)
            {
                Restart();
            }
        }
    }

    private void Count(bool isSuccess)
    {
        (_successes, _failures) = isSuccess ? (_successes + 1, 0) : (0, _failures + 1);
        if (_successes == SuccessesToGrow)
        {
            (Side, _successes) = (Math.Min(2 * Side, LargestSide), 0);
        }
        else if (_failures == Math.Max(FewestFailuresToShrink, dimensions))
        {
            (Side, _failures) = (Side / 2, 0);
        }
    }

    private void Restart()
    {
        (Side, _best, Centre) = (FirstSide, double.PositiveInfinity, -1);
        (_sinceStart, _successes, _failures) = (0, 0, 0);
    }
}
