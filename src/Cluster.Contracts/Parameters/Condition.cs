using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Parameters;

/// <summary>A test on the value of one parameter, used by <c>when</c> and <c>forbid</c>; false when that parameter is inactive.</summary>
/// <param name="Parameter">The parameter whose value is tested.</param>
/// <param name="Test">Which values it accepts.</param>
public sealed record Condition(string Parameter, ConditionTest Test)
{
    /// <summary>Tells whether the condition holds in a configuration.</summary>
    /// <param name="values">Values decided so far.</param>
    /// <returns>True when the parameter is active and passes the test.</returns>
    public bool Holds(ParameterValues values) => values.TryGet(Parameter, out var value) && Test.Accepts(value);
}

/// <summary>Which values a condition accepts.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OneOfTest), "oneOf")]
[JsonDerivedType(typeof(RangeTest), "range")]
public abstract record ConditionTest
{
    private protected ConditionTest()
    {
    }

    /// <summary>Tells whether a value passes.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>True when it does.</returns>
    public abstract bool Accepts(ParameterValue value);
}

/// <summary>Accepts the listed values; whole and real numbers of the same size are the same here, as a spec's
/// author would expect.</summary>
/// <param name="Values">The accepted values, at least one.</param>
public sealed record OneOfTest(ValueArray<ParameterValue> Values) : ConditionTest
{
    /// <inheritdoc />
    public override bool Accepts(ParameterValue value) => Values.Any(accepted =>
        accepted == value || (accepted.TryGetNumber(out var a) && value.TryGetNumber(out var b) && a == b));
}

/// <summary>Accepts numbers between two bounds, both included.</summary>
/// <param name="Min">Lower bound, or null for none.</param>
/// <param name="Max">Upper bound, or null for none.</param>
public sealed record RangeTest(double? Min, double? Max) : ConditionTest
{
    /// <inheritdoc />
    public override bool Accepts(ParameterValue value) =>
        value.TryGetNumber(out var number) && (Min is null || number >= Min) && (Max is null || number <= Max);
}
