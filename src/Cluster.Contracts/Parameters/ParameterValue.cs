using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Parameters;

/// <summary>What a <see cref="ParameterValue"/> holds.</summary>
public enum ParameterValueKind
{
    /// <summary>A real number.</summary>
    Real,

    /// <summary>A 64-bit whole number.</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>The absence of a value, as a choice among others (<c>null</c> in a specification).</summary>
    None,

    /// <summary>A list of values.</summary>
    List,
}

/// <summary>One value of one hyperparameter: a real number, a whole number, text, a truth value, or as an item
/// of a list also none and a list.</summary>
/// <remarks>
/// Kinds are never mixed by equality: <c>1</c>, <c>1.0</c> and <c>"1"</c> are three values. JSON keeps the kind: a real number is
/// always written with a point or an exponent, a whole number never.
/// </remarks>
[JsonConverter(typeof(ParameterValueJsonConverter))]
public readonly record struct ParameterValue
{
    // Sixteen bytes: a search keeps every value of every trial. Numbers and truth values carry their kind where text carries its text.
    private static readonly object WholeNumber = new();
    private static readonly object TruthValue = new();
    private static readonly object Nothing = new();

    private readonly object? _content;
    private readonly long _bits;

    private ParameterValue(object? content, long bits) => (_content, _bits) = (content, bits);

    /// <summary>What this value holds.</summary>
    public ParameterValueKind Kind => _content is null ? ParameterValueKind.Real
        : ReferenceEquals(_content, WholeNumber) ? ParameterValueKind.Integer
        : ReferenceEquals(_content, TruthValue) ? ParameterValueKind.Boolean
        : ReferenceEquals(_content, Nothing) ? ParameterValueKind.None
        : _content is ValueArray<ParameterValue> ? ParameterValueKind.List
        : ParameterValueKind.Text;

    /// <summary>The absence of a value.</summary>
    public static ParameterValue None { get; } = new(Nothing, 0);

    private double RealNumber => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Wraps a real number.</summary>
    /// <param name="value">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static ParameterValue Real(double value) => double.IsFinite(value)
        ? new(null, BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value))
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A hyperparameter must be finite.");

    /// <summary>Wraps a whole number.</summary>
    /// <param name="value">Any 64-bit number.</param>
    public static ParameterValue Integer(long value) => new(WholeNumber, value);

    /// <summary>Wraps text.</summary>
    /// <param name="value">Any text.</param>
    public static ParameterValue Text(string value) => new(value, 0);

    /// <summary>Wraps a truth value.</summary>
    /// <param name="value">True or false.</param>
    public static ParameterValue Boolean(bool value) => new(TruthValue, value ? 1 : 0);

    /// <summary>Wraps a list.</summary>
    /// <param name="values">Any values, lists included; none is a list too.</param>
    public static ParameterValue List(ValueArray<ParameterValue> values) => new(values, 0);

    /// <summary>Reads a list.</summary>
    /// <returns>False when this is of another kind.</returns>
    public bool TryGetList([NotNullWhen(true)] out ValueArray<ParameterValue>? values)
    {
        values = _content as ValueArray<ParameterValue>;
        return values is not null;
    }

    /// <summary>Reads a number of either numeric kind.</summary>
    /// <param name="value">The number as a double.</param>
    /// <returns>False when this is of another kind.</returns>
    public bool TryGetNumber(out double value)
    {
        var kind = Kind;
        value = kind == ParameterValueKind.Real ? RealNumber : _bits;
        return kind is ParameterValueKind.Real or ParameterValueKind.Integer;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>False when this is of another kind.</returns>
    public bool TryGetInteger(out long value)
    {
        value = _bits;
        return Kind == ParameterValueKind.Integer;
    }

    /// <summary>Reads text.</summary>
    /// <param name="value">The text.</param>
    /// <returns>False when this is of another kind.</returns>
    public bool TryGetText([NotNullWhen(true)] out string? value)
    {
        value = _content as string;
        return value is not null;
    }

    /// <summary>Reads a truth value.</summary>
    /// <param name="value">True or false.</param>
    /// <returns>False when this is of another kind.</returns>
    public bool TryGetBoolean(out bool value)
    {
        value = _bits != 0;
        return Kind == ParameterValueKind.Boolean;
    }

    /// <summary>Formats the value the same way in every culture; numbers round-trip.</summary>
    /// <returns>For example <c>0.001</c>, <c>64</c>, <c>adam</c>, <c>true</c>, <c>null</c>, <c>[64, 64]</c>.</returns>
    public override string ToString() => Kind switch
    {
        ParameterValueKind.Real => RealNumber.ToString("R", CultureInfo.InvariantCulture),
        ParameterValueKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        ParameterValueKind.Text => (string)_content!,
        ParameterValueKind.None => "null",
        ParameterValueKind.List => $"[{string.Join(", ", (ValueArray<ParameterValue>)_content!)}]",
        _ => _bits != 0 ? "true" : "false",
    };
}
