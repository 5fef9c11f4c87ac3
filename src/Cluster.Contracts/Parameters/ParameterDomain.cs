using System.Globalization;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Parameters;

/// <summary>The set of values that one parameter can take, and the scale on which it is searched.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RealDomain), "real")]
[JsonDerivedType(typeof(IntegerDomain), "integer")]
[JsonDerivedType(typeof(ItemDomain), "item")]
[JsonDerivedType(typeof(BooleanDomain), "boolean")]
public abstract record ParameterDomain
{
    private protected ParameterDomain()
    {
    }

    /// <summary>Says which values these are, for messages.</summary>
    /// <returns>For example <c>a number from 0.001 to 0.1</c>.</returns>
    public sealed override string ToString() => this switch
    {
        RealDomain real => string.Create(CultureInfo.InvariantCulture, $"a number from {real.Min:R} to {real.Max:R}"),
        IntegerDomain integer => string.Create(CultureInfo.InvariantCulture, $"a whole number from {integer.Min} to {integer.Max}"),
        ItemDomain items => "one of " + string.Join(", ", items.Items),
        _ => "true or false",
    };

    /// <summary>Tells whether a value lies in this domain, bounds included, and on its step grid.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>True when a trial may carry it.</returns>
    public abstract bool Contains(ParameterValue value);
}

/// <summary>Real numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included (spec types
/// <c>float</c> and <c>log</c>).</summary>
/// <param name="Min">Lower bound; above 0 on a log scale.</param>
/// <param name="Max">Upper bound, at least <paramref name="Min"/>.</param>
/// <param name="IsLog">True when searched uniformly in the logarithm.</param>
/// <param name="Step">Distance of allowed values, counted from <paramref name="Min"/>; null for all values.</param>
public sealed record RealDomain(double Min, double Max, bool IsLog = false, double? Step = null) : ParameterDomain
{
    // A step is typed in decimal: 0.05 is not a binary fraction, so a value counts as on the grid within this share of a step.
    private const double StepTolerance = 1e-6;

    /// <summary>Number of values on the step grid, or null without a step.</summary>
    [JsonIgnore]
    public long? StepCount => Step is { } step ? (long)Math.Floor(((Max - Min) / step) + StepTolerance) + 1 : null;

    /// <summary>Computes one value of the step grid.</summary>
    /// <param name="index">From 0 to <see cref="StepCount"/> - 1.</param>
    /// <returns>The value, never above <see cref="Max"/>.</returns>
    /// <exception cref="InvalidOperationException">The domain has no step.</exception>
    public double AtStep(long index) => Step is { } step
        ? Math.Min(Max, (double)((decimal)Min + ((decimal)step * index)))
        : throw new InvalidOperationException("This domain has no step.");

    /// <inheritdoc />
    public override bool Contains(ParameterValue value)
    {
        if (value.Kind != ParameterValueKind.Real || !value.TryGetNumber(out var number) || number < Min || number > Max)
        {
            return false;
        }

        var position = (number - Min) / (Step ?? 1);
        return Step is null || Math.Abs(position - Math.Round(position)) <= StepTolerance;
    }
}

/// <summary>Whole numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included (spec types
/// <c>int</c> and <c>logint</c>).</summary>
/// <param name="Min">Lower bound; above 0 on a log scale.</param>
/// <param name="Max">Upper bound, at least <paramref name="Min"/>.</param>
/// <param name="IsLog">True when searched uniformly in the logarithm.</param>
/// <param name="Step">Distance of allowed values, counted from <paramref name="Min"/>; at least 1.</param>
public sealed record IntegerDomain(long Min, long Max, bool IsLog = false, long Step = 1) : ParameterDomain
{
    /// <summary>Number of values; as a double because the full range exceeds 64 bits.</summary>
    [JsonIgnore]
    public double Count => Math.Floor(((double)Max - Min) / Step) + 1;

    /// <inheritdoc />
    public override bool Contains(ParameterValue value) =>
        value.TryGetInteger(out var number) && number >= Min && number <= Max && ((Int128)number - Min) % Step == 0;
}

/// <summary>One of a list (spec type <c>item</c>).</summary>
/// <param name="Items">The choices, distinct, at least one.</param>
/// <param name="IsOrdered">True when the order of the list carries meaning (16, 32, 64).</param>
public sealed record ItemDomain(ValueArray<ParameterValue> Items, bool IsOrdered = false) : ParameterDomain
{
    /// <inheritdoc />
    public override bool Contains(ParameterValue value) => Items.Contains(value);
}

/// <summary>True or false (spec type <c>bool</c>).</summary>
public sealed record BooleanDomain : ParameterDomain
{
    /// <inheritdoc />
    public override bool Contains(ParameterValue value) => value.Kind == ParameterValueKind.Boolean;
}
