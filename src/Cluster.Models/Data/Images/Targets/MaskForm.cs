namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>How the files of targets hold the classes, so that masks are written in the same way and can be compared with them pixel by
/// pixel.</summary>
/// <param name="Kind">What a sample is.</param>
/// <param name="Bits">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Samples">Samples of each class, class by class, as many as the kind has for a pixel.</param>
/// <param name="Palette">Red, green and blue of each entry as hexadecimal digits; null without a palette.</param>
public sealed record MaskForm(MaskKind Kind, int Bits, ValueArray<long> Samples, string? Palette = null)
{
    private const int Doubled = 257;

    /// <summary>Samples of one pixel of a kind.</summary>
    /// <returns>1 to 4.</returns>
    public static int ChannelsOf(MaskKind kind) => kind switch
    {
        MaskKind.GreyWithOpacity => 2,
        MaskKind.Colours => 3,
        MaskKind.ColoursWithOpacity => 4,
        _ => 1,
    };

    /// <summary>The form of a model that keeps none, by its labels: grey where all of them are, in 16 bits where one is a number above 255,
    /// otherwise colours.</summary>
    /// <param name="labels">Class labels: colours <c>#rrggbb</c>, or numbers above 255; one that is neither gets a shade of grey.</param>
    public static MaskForm Of(ValueArray<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        TargetValue[] values = [.. labels.Select((label, k) => TargetValue.Parse(label) ?? TargetValue.OfNumber(Math.Min(255, k)))];
        return values.All(value => value.Number is not null)
            ? new(MaskKind.Grey, values.Any(value => value.IsLarge) ? 16 : 8, values.Select(value => (long)value.Number!).ToValueArray())
            : new(MaskKind.Colours, 8, values.SelectMany(value => SamplesOf(value, new(MaskKind.Colours, 8), null, 0)).ToValueArray());
    }

    /// <summary>The samples of a value in a file.</summary>
    /// <param name="value">A number or a colour.</param>
    /// <param name="file">What the file is like.</param>
    /// <param name="entry">Its place in the palette, where there is one.</param>
    /// <param name="opacity">Its opacity, 65535 for opaque.</param>
    internal static IEnumerable<long> SamplesOf(TargetValue value, TargetFile file, int? entry, ushort opacity)
    {
        long Scale(int eight) => file.Bits > 8 ? eight * Doubled : eight * ((1 << file.Bits) - 1) / byte.MaxValue;
        IEnumerable<long> own = file.Kind switch
        {
            MaskKind.Palette => [entry!.Value],
            MaskKind.Grey or MaskKind.GreyWithOpacity => [file.Bits > 8 ? value.Number!.Value : Scale(value.Number!.Value)],
            _ => [Scale(value.Code >> 16), Scale((value.Code >> 8) & byte.MaxValue), Scale(value.Code & byte.MaxValue)],
        };
        return file.Kind is MaskKind.GreyWithOpacity or MaskKind.ColoursWithOpacity
            ? own.Append(file.Bits > 8 ? opacity : Scale(opacity / Doubled))
            : own;
    }
}

/// <summary>What the samples of a picture are. The numbers are those of PNG.</summary>
public enum MaskKind
{
    /// <summary>One number.</summary>
    Grey = 0,

    /// <summary>Red, green, blue.</summary>
    Colours = 2,

    /// <summary>The number of an entry of a palette.</summary>
    Palette = 3,

    /// <summary>One number and opacity.</summary>
    GreyWithOpacity = 4,

    /// <summary>Red, green, blue and opacity.</summary>
    ColoursWithOpacity = 6,
}
