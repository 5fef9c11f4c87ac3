namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>How the numbers of one column are shifted and scaled, in double precision.</summary>
/// <param name="Shift">What is subtracted.</param>
/// <param name="Factor">What the difference is divided by; above 0.</param>
internal readonly record struct NumberScale(double Shift, double Factor)
{
    // A shift that is this small a share of the spread away from the mean serves as well.
    private const double Slack = 1e-3;

    /// <summary>Leaves numbers as they are.</summary>
    public static NumberScale None { get; } = new(0, 1);

    /// <summary>Fits with two passes, so that a large mean costs no digits of the deviation.</summary>
    /// <param name="values">The numbers of the training part, none of them NaN.</param>
    /// <param name="scaling">How they are scaled.</param>
    public static NumberScale Of(IReadOnlyCollection<double> values, ColumnScaling scaling = ColumnScaling.Standard)
    {
        if (values.Count == 0 || scaling == ColumnScaling.None)
        {
            return None;
        }

        var (smallest, largest) = (values.Min(), values.Max());
        if (smallest == largest)
        {
            // The mean of many equal numbers is another one by rounding, and so is their deviation.
            return new(smallest, 1);
        }

        if (scaling == ColumnScaling.MinMax)
        {
            return new(smallest, Usable(largest - smallest));
        }

        // Divided before they are summed, so that large numbers do not overflow.
        var mean = values.Sum(value => value / values.Count);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean) / values.Count));
        var factor = Usable(double.IsNormal(deviation) ? deviation : Extreme(values, mean, smallest, largest));

        // Single precision where it is enough: models of columns of small numbers are what they were in earlier releases, bit for bit.
        return new(Math.Abs((float)mean - mean) <= Slack * factor ? (float)mean : mean, factor);
    }

    /// <summary>Scales a number; only then its digits beyond single precision go.</summary>
    public float Apply(double value) => (float)((value - Shift) / Factor);

    // Single precision where it holds the spread, as in earlier releases; spreads that only double precision holds are taken as they are.
    private static double Usable(double spread) => (float)spread is var scale && scale > 0 && float.IsNormal(scale) ? scale
        : double.IsFinite(spread) && spread > 0 ? spread : 1;

    // Squares of numbers of 1e-170 are 0, and of 1e170 infinite: in parts of the farthest number they are neither.
    private static double Extreme(IReadOnlyCollection<double> values, double mean, double smallest, double largest)
    {
        var unit = Math.Max(mean - smallest, largest - mean);
        return double.IsFinite(unit) && unit > 0
            ? Math.Sqrt(values.Sum(value => (value - mean) / unit * ((value - mean) / unit) / values.Count)) * unit : unit;
    }
}
