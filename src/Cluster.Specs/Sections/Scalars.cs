using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Sections;

/// <summary>What a scalar is by the YAML 1.2 core rules.</summary>
internal enum ScalarKind
{
    /// <summary>Nothing, <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Any other number, perhaps infinite or NaN.</summary>
    Real,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>A scalar as understood.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The number, of either kind.</param>
/// <param name="Whole">The whole number.</param>
/// <param name="Flag">The truth value.</param>
internal readonly record struct Scalar(ScalarKind Kind, double Number = 0, long Whole = 0, bool Flag = false)
{
    /// <summary>True for a number of either kind that is finite.</summary>
    public bool IsNumber => Kind is ScalarKind.Integer || (Kind is ScalarKind.Real && double.IsFinite(Number));
}

/// <summary>Reads scalars by the YAML 1.2 core rules, which hold for JSON too; independent of the culture.</summary>
internal static partial class Scalars
{
    /// <summary>Classifies a scalar.</summary>
    /// <param name="node">The scalar.</param>
    /// <returns>What it is; quoted text is text whatever it says.</returns>
    public static Scalar Classify(ScalarNode node) => node.Style == ScalarStyle.Quoted ? new(ScalarKind.Text) : Classify(node.Text);

    /// <summary>Classifies characters without quotes.</summary>
    /// <param name="text">The characters.</param>
    /// <returns>What they are.</returns>
    public static Scalar Classify(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new(ScalarKind.Null);
            case "true" or "True" or "TRUE":
                return new(ScalarKind.Boolean, Flag: true);
            case "false" or "False" or "FALSE":
                return new(ScalarKind.Boolean);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return new(ScalarKind.Real, double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF":
                return new(ScalarKind.Real, double.NegativeInfinity);
            case ".nan" or ".NaN" or ".NAN":
                return new(ScalarKind.Real, double.NaN);
        }

        if (WholePattern().IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? new(ScalarKind.Integer, whole, whole)
                : new(ScalarKind.Real, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        if (RealPattern().IsMatch(text))
        {
            return new(ScalarKind.Real, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return OtherBasePattern().Match(text) is { Success: true } match ? OfOtherBase(match) : new(ScalarKind.Text);
    }

    /// <summary>Tells whether a number starts with a 0 that some readers take for octal.</summary>
    /// <param name="text">A number.</param>
    /// <returns>True for <c>017</c>.</returns>
    public static bool HasLeadingZero(string text) => LeadingZeroPattern().IsMatch(text);

    /// <summary>Tells whether text is a number with a comma for the point.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for <c>1,5</c>.</returns>
    public static bool IsDecimalComma(string text) => DecimalCommaPattern().IsMatch(text);

    /// <summary>Takes what groups the digits of a number out of it.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The number in digits only, for example 5000 of <c>5,000</c>; null where digits are not grouped by three.</returns>
    public static string? WithoutGroups(string text) =>
        GroupPattern().IsMatch(text) ? string.Concat(text.Where(character => char.IsAsciiDigit(character) || character == '-')) : null;

    /// <summary>Tells whether a whole number is written with a point and three zeros, which may stand between thousands.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for <c>5.000</c>.</returns>
    public static bool IsTwofold(string text) => TwofoldPattern().IsMatch(text);

    private static Scalar OfOtherBase(Match match)
    {
        var digits = match.Groups["digits"].Value;
        var radix = match.Groups["base"].Value == "x" ? 16 : 8;
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = (value * radix) + (char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10);
        }

        return value <= long.MaxValue ? new(ScalarKind.Integer, (double)value, (long)value) : new(ScalarKind.Real, (double)value);
    }

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholePattern();

    [GeneratedRegex("^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RealPattern();

    [GeneratedRegex("^0(?<base>[xo])(?<digits>(?<=x)[0-9a-fA-F]{1,32}|(?<=o)[0-7]{1,32})$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherBasePattern();

    [GeneratedRegex("^[-+]?0[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingZeroPattern();

    [GeneratedRegex(
        "^[-+]?[1-9][0-9]{0,2}(?:(?<mark>[,.'’_ \\u00A0\\u2009\\u202F])[0-9]{3})(?:\\k<mark>[0-9]{3})*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex GroupPattern();

    [GeneratedRegex("^[-+]?[1-9][0-9]{0,2}\\.000$", RegexOptions.CultureInvariant)]
    private static partial Regex TwofoldPattern();

    [GeneratedRegex("^[-+]?[0-9]{1,12},[0-9]{1,12}$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalCommaPattern();
}
