namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Weights and learning rates that follow from the number of coordinates and the size of a generation.</summary>
/// <remarks>Names are those of the paper. Source: Hansen, "The CMA Evolution Strategy: A Tutorial", 2016,
/// arXiv:1604.00772, table 1.</remarks>
internal sealed class StrategyParameters
{
    /// <summary>Computes them.</summary>
    /// <param name="dimensions">n, coordinates of the normal distribution, at least 1.</param>
    /// <param name="population">λ, results of a generation, at least 2.</param>
    public StrategyParameters(int dimensions, int population)
    {
        var (n, lambda) = ((double)dimensions, population);
        var raw = new double[lambda];
        for (var i = 0; i < lambda; i++)
        {
            raw[i] = Math.Log((lambda + 1) / 2.0) - Math.Log(i + 1);
        }

        var positive = raw.Where(w => w > 0).ToArray();
        var negative = raw.Where(w => w < 0).ToArray();
        MuEff = Square(positive.Sum()) / positive.Sum(Square);
        var negativeMuEff = Square(negative.Sum()) / negative.Sum(Square);
        CSigma = (MuEff + 2) / (n + MuEff + 5);
        DSigma = 1 + (2 * Math.Max(0, Math.Sqrt((MuEff - 1) / (n + 1)) - 1)) + CSigma;
        CC = (4 + (MuEff / n)) / (n + 4 + (2 * MuEff / n));
        C1 = 2 / (Square(n + 1.3) + MuEff);
        CMu = Math.Min(1 - C1, 2 * (0.25 + MuEff + (1 / MuEff) - 2) / (Square(n + 2) + MuEff));

        // CMu is 0 for a population of two or three; the negative weights are then never used.
        var alpha = CMu == 0 ? 0 : Math.Min(Math.Min(1 + (C1 / CMu), 1 + (2 * negativeMuEff / (MuEff + 2))), (1 - C1 - CMu) / (n * CMu));
        Weights = [.. raw.Select(w => w >= 0 ? w / positive.Sum() : alpha * w / -negative.Sum())];
        ExpectedLength = Math.Sqrt(n) * (1 - (1 / (4 * n)) + (1 / (21 * n * n)));
    }

    /// <summary>w, from the best rank to the worst; the positive ones sum to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Effective number of selected results.</summary>
    public double MuEff { get; }

    /// <summary>Learning rate of the step size's path.</summary>
    public double CSigma { get; }

    /// <summary>Damping of the step size.</summary>
    public double DSigma { get; }

    /// <summary>Learning rate of the covariance's path.</summary>
    public double CC { get; }

    /// <summary>Learning rate of the rank-one update.</summary>
    public double C1 { get; }

    /// <summary>Learning rate of the rank-μ update.</summary>
    public double CMu { get; }

    /// <summary>Expected length of a standard normal vector.</summary>
    public double ExpectedLength { get; }

    private static double Square(double value) => value * value;
}
