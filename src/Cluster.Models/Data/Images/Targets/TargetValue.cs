using System.Globalization;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>What marks a class in a target: a colour of 24 bits, of which the greys are the numbers 0 to 255, or a number above
/// 255.</summary>
/// <param name="Code">0xRRGGBB; from 0x1000000 on a number above 255. The order of codes is that of the classes.</param>
internal readonly record struct TargetValue(int Code) : IComparable<TargetValue>
{
    /// <summary>Largest number of a class, which 16 bits hold.</summary>
    public const int MaximumNumber = ushort.MaxValue;

    // Each channel is rounded, and the one that tells the share too.
    private const double Rounding = 2.5;

    private const int Greys = 0x010101, Numbers = 0x1000000;

    /// <summary>Black, and the number 0.</summary>
    public static TargetValue Black => default;

    /// <summary>White of eight bits, and the number 255.</summary>
    public static TargetValue White { get; } = OfNumber(byte.MaxValue);

    /// <summary>Whether it is a number that eight bits do not hold.</summary>
    public bool IsLarge => Code >= Numbers;

    /// <summary>The number of a grey; null for colours.</summary>
    public int? Number => IsLarge ? Code - Numbers : Code % Greys == 0 ? Code / Greys : null;

    public static TargetValue OfNumber(int number) => new(number <= byte.MaxValue ? number * Greys : Numbers + number);

    public static TargetValue OfColour(int red, int green, int blue) => new((red << 16) | (green << 8) | blue);

    /// <summary>Reads what <see cref="Label"/> wrote, and numbers as people write them.</summary>
    public static TargetValue? Parse(string label) =>
        label is ['#', ..] && label.Length == 7 && int.TryParse(label.AsSpan(1), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out var colour) ? new(colour)
        : int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaximumNumber ? OfNumber(number)
        : null;

    /// <summary>The label of its class: <c>#rrggbb</c>, or the number where it is above 255.</summary>
    public string Label() => IsLarge ? string.Create(CultureInfo.InvariantCulture, $"{Number}") : $"#{Code:x6}";

    /// <summary>Whether mixing two other values gives it, as smoothing does where they meet.</summary>
    public bool IsBetween(TargetValue one, TargetValue other)
    {
        if (this == one || this == other || one == other)
        {
            return false;
        }

        if (IsLarge || one.IsLarge || other.IsLarge)
        {
            return Number is { } own && one.Number is { } first && other.Number is { } second
                && own > Math.Min(first, second) && own < Math.Max(first, second);
        }

        var (widest, at) = (0, 0);
        for (var shift = 0; shift <= 16; shift += 8)
        {
            var width = Math.Abs(other.Channel(shift) - one.Channel(shift));
            (widest, at) = width > widest ? (width, shift) : (widest, at);
        }

        var share = (double)(Channel(at) - one.Channel(at)) / (other.Channel(at) - one.Channel(at));
        if (share is <= 0 or >= 1)
        {
            return false;
        }

        for (var shift = 0; shift <= 16; shift += 8)
        {
            var mixed = one.Channel(shift) + (share * (other.Channel(shift) - one.Channel(shift)));
            if (Math.Abs(mixed - Channel(shift)) > Rounding)
            {
                return false;
            }
        }

        return true;
    }

    private int Channel(int shift) => (Code >> shift) & byte.MaxValue;

    public int CompareTo(TargetValue other) => Code.CompareTo(other.Code);
}
