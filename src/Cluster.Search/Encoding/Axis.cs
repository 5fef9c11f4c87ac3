namespace SearchCluster.Search.Encoding;

/// <summary>How the values of one parameter relate to each other, as far as a model is concerned.</summary>
public enum AxisKind
{
    /// <summary>Real numbers without steps.</summary>
    Continuous,

    /// <summary>Whole numbers, or real ones with steps.</summary>
    Discrete,

    /// <summary>Items whose order carries meaning.</summary>
    Ordered,

    /// <summary>Items or truth values without order.</summary>
    Categorical,
}

/// <summary>One parameter on the unit interval.</summary>
/// <remarks>
/// A uniform number on the interval decodes to a value of the parameter's prior, the one that <c>random</c> draws from: uniform on the
/// parameter's scale, both bounds included. A countable domain cuts the interval into one cell for each value (equal ones, on a log
/// scale with the widths of the rounding intervals); a value encodes to the middle of its cell.
/// </remarks>
public sealed class Axis
{
    private readonly double _low;
    private readonly double _high;
    private readonly Func<double, ParameterValue> _atLevel;
    private readonly Func<ParameterValue, double?> _levelOf;
    private readonly bool _isLog;

    private Axis(
        ParameterSpec parameter,
        AxisKind kind,
        double levels,
        bool isLog,
        double low,
        double high,
        Func<double, ParameterValue> atLevel,
        Func<ParameterValue, double?> levelOf)
    {
        (Parameter, Kind, Levels) = (parameter, kind, levels);
        (_isLog, _low, _high, _atLevel, _levelOf) = (isLog, low, high, atLevel, levelOf);
    }

    /// <summary>The parameter.</summary>
    public ParameterSpec Parameter { get; }

    /// <summary>How its values relate.</summary>
    public AxisKind Kind { get; }

    /// <summary>How many values there are; infinite for a continuous axis, up to 2^64 otherwise.</summary>
    public double Levels { get; }

    /// <summary>Makes the axis of a parameter.</summary>
    public static Axis Of(ParameterSpec parameter) => parameter.Domain switch
    {
        RealDomain { StepCount: { } steps } reals => OfSteps(parameter, reals, steps),
        RealDomain reals => OfReals(parameter, reals),
        IntegerDomain integers => OfIntegers(parameter, integers),
        ItemDomain items => new(
            parameter,
            items.IsOrdered ? AxisKind.Ordered : AxisKind.Categorical,
            items.Items.Count,
            isLog: false,
            0,
            1,
            level => items.Items[(int)level],
            value => items.Items.IndexOf(value) is >= 0 and var index ? index : null),
        BooleanDomain => new(
            parameter,
            AxisKind.Categorical,
            2,
            isLog: false,
            0,
            1,
            level => ParameterValue.Boolean(level == 1),
            value => value.TryGetBoolean(out var flag) ? (flag ? 1 : 0) : null),
        _ => throw new InvalidOperationException($"{parameter.Domain.GetType().Name} is not a known domain; teach Axis how to encode it."),
    };

    /// <summary>Finds the value at a place.</summary>
    /// <param name="unit">From 0 to 1; what lies outside counts as the nearer end.</param>
    /// <returns>A value of the domain.</returns>
    public ParameterValue Decode(double unit) => _atLevel(double.IsInfinity(Levels) ? Math.Clamp(unit, 0, 1) : LevelAt(unit));

    /// <summary>Finds the place of a value.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>From 0 to 1; null when the value is not in the domain.</returns>
    public double? Encode(ParameterValue value) => !Parameter.Domain.Contains(value) || _levelOf(value) is not { } level
        ? null
        : double.IsInfinity(Levels) ? Math.Clamp(level, 0, 1) : MiddleOf(level);

    /// <summary>Finds the number of the value at a place of a countable axis.</summary>
    /// <param name="unit">From 0 to 1.</param>
    /// <returns>From 0 to <see cref="Levels"/> - 1.</returns>
    public double LevelAt(double unit)
    {
        if (!_isLog)
        {
            return Math.Clamp(Math.Floor(unit * Levels), 0, Levels - 1);
        }

        var value = Math.Exp(_low + ((_high - _low) * Math.Clamp(unit, 0, 1)));
        return Math.Clamp(Math.Round(LevelOfNumber(value)), 0, Levels - 1);
    }

    /// <summary>Finds the place of a value of a countable axis.</summary>
    /// <param name="level">Number of the value, from 0 to <see cref="Levels"/> - 1.</param>
    /// <returns>The middle of its cell; on a log scale the place of the value itself.</returns>
    public double MiddleOf(double level) => _isLog
        ? Math.Clamp((Math.Log(NumberOfLevel(level)) - _low) / (_high - _low), 0, 1)
        : (level + 0.5) / Levels;

    /// <summary>Finds where the cell of a value of a countable axis begins.</summary>
    /// <param name="level">Number of the value, from 0 to <see cref="Levels"/> - 1, or <see cref="Levels"/> for
    /// the end of the last cell.</param>
    /// <returns>From 0 to 1.</returns>
    public double LowerEdgeOf(double level) => !_isLog ? level / Levels
        : level <= 0 ? 0
        : level >= Levels ? 1
        : Math.Clamp((Math.Log((NumberOfLevel(level - 1) / 2) + (NumberOfLevel(level) / 2)) - _low) / (_high - _low), 0, 1);

    /// <summary>Moves a place to the one that its value encodes to.</summary>
    /// <param name="unit">From 0 to 1.</param>
    /// <returns>The middle of the cell; the place itself on a continuous axis.</returns>
    public double Snap(double unit) => double.IsInfinity(Levels) ? Math.Clamp(unit, 0, 1) : MiddleOf(LevelAt(unit));

    private double LevelOfNumber(double number) => Parameter.Domain switch
    {
        RealDomain reals => (number - reals.Min) / reals.Step!.Value,
        IntegerDomain integers => (number - integers.Min) / integers.Step,
        _ => number,
    };

    private double NumberOfLevel(double level) => Parameter.Domain switch
    {
        RealDomain reals => reals.AtStep((long)level),
        IntegerDomain integers => integers.Min + (level * integers.Step),
        _ => level,
    };

    private static Axis OfReals(ParameterSpec parameter, RealDomain domain)
    {
        var (min, max) = (domain.Min, domain.Max);
        if (min == max)
        {
            return new(parameter, AxisKind.Discrete, 1, isLog: false, 0, 1, _ => ParameterValue.Real(min), _ => 0);
        }

        var (low, high) = domain.IsLog ? (Math.Log(min), Math.Log(max)) : (min, max);
        return new(parameter, AxisKind.Continuous, double.PositiveInfinity, domain.IsLog, low, high, At, Place);

        // Both ends are given exactly. Halving first keeps the widest ranges of doubles finite.
        ParameterValue At(double unit) => ParameterValue.Real(unit <= 0 ? min : unit >= 1 ? max
            : Math.Clamp(domain.IsLog ? Math.Exp((low * (1 - unit)) + (high * unit)) : (low * (1 - unit)) + (high * unit), min, max));

        double? Place(ParameterValue value)
        {
            value.TryGetNumber(out var number);
            return number == min ? 0 : number == max ? 1
                : domain.IsLog ? (Math.Log(number) - low) / (high - low) : ((number / 2) - (low / 2)) / ((high / 2) - (low / 2));
        }
    }

    private static Axis OfSteps(ParameterSpec parameter, RealDomain domain, long steps)
    {
        var (low, high) = Bounds(domain.Min, domain.Max, domain.Step!.Value, domain.IsLog);
        return new(
            parameter,
            AxisKind.Discrete,
            steps,
            domain.IsLog && steps > 1,
            low,
            high,
            level => ParameterValue.Real(domain.AtStep((long)level)),
            value => value.TryGetNumber(out var number) ? Math.Round((number - domain.Min) / domain.Step!.Value) : null);
    }

    private static Axis OfIntegers(ParameterSpec parameter, IntegerDomain domain)
    {
        var (low, high) = Bounds(domain.Min, domain.Max, domain.Step, domain.IsLog);
        var last = ((Int128)domain.Max - domain.Min) / domain.Step;
        return new(
            parameter,
            AxisKind.Discrete,
            domain.Count,
            domain.IsLog && domain.Count > 1,
            low,
            high,
            level => ParameterValue.Integer((long)(domain.Min + (Int128.Min((Int128)level, last) * domain.Step))),
            value => value.TryGetInteger(out var number) ? (double)(((Int128)number - domain.Min) / domain.Step) : null);
    }

    // As random draws: the outer cells reach half a step beyond the bounds, but never below half of the lower one.
    private static (double Low, double High) Bounds(double min, double max, double step, bool isLog) =>
        isLog ? (Math.Log(Math.Max(min - (step / 2), min / 2)), Math.Log(max + (step / 2))) : (min, max);
}
