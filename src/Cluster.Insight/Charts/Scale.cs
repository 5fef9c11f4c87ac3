namespace SearchCluster.Insight.Charts;

/// <summary>Maps the numbers of an axis to places from 0 to 1.</summary>
internal sealed class Scale
{
    private const int MostTicks = 6;
    private static readonly double[] TickFactors = [1, 2, 5, 10];

    private readonly bool _isLog;
    private readonly double _low;
    private readonly double _high;

    private Scale(bool isLog, double low, double high) => (_isLog, _low, _high) = (isLog, low, high);

    /// <summary>The smallest number shown.</summary>
    public double Min => Back(_low);

    /// <summary>The largest number shown.</summary>
    public double Max => Back(_high);

    /// <summary>Makes the scale that holds some numbers.</summary>
    /// <param name="values">The numbers; those that cannot be drawn are left aside.</param>
    /// <param name="isLog">True for a log scale.</param>
    public static Scale Of(IEnumerable<double> values, bool isLog)
    {
        var places = values
            .Where(value => double.IsFinite(value) && (!isLog || value > 0))
            .Select(value => isLog ? Math.Log10(value) : value)
            .ToArray();
        var (low, high) = places.Length == 0 ? (0, 1) : (places.Min(), places.Max());

        // A single number gets some room on both sides.
        var room = low < high ? 0 : Math.Max(Math.Abs(low) * 0.1, 0.5);
        return new(isLog, low - room, high + room);
    }

    /// <summary>The place of a number.</summary>
    /// <returns>From 0 to 1 for numbers of the scale; NaN for one that cannot be drawn.</returns>
    public double Place(double value)
    {
        var number = _isLog ? (value > 0 ? Math.Log10(value) : double.NaN) : value;
        return double.IsFinite(number) ? (number - _low) / (_high - _low) : double.NaN;
    }

    /// <summary>The number at a place.</summary>
    public double At(double place) => Back(_low + (place * (_high - _low)));

    /// <summary>Round numbers between the ends; on a log scale powers of ten where there are at least two.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var powers = _isLog ? Multiples(Math.Max(1, Math.Ceiling((_high - _low) / MostTicks))).Select(Back).ToArray() : [];
        if (powers.Length >= 2)
        {
            return powers;
        }

        var linear = _isLog ? new Scale(false, Min, Max) : this;
        var rough = (linear._high - linear._low) / MostTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = TickFactors.Select(factor => factor * power).First(candidate => candidate >= rough * (1 - 1e-9));
        return [.. linear.Multiples(step)];
    }

    private IEnumerable<double> Multiples(double step)
    {
        // A tick within rounding of an end belongs to the axis.
        var slack = 1e-9 * (_high - _low);
        for (var n = Math.Ceiling((_low - slack) / step); n * step <= _high + slack; n++)
        {
            // Never the negative zero that rounding up leaves.
            yield return n == 0 ? 0 : n * step;
        }
    }

    private double Back(double place) => _isLog ? Math.Pow(10, place) : place;
}
