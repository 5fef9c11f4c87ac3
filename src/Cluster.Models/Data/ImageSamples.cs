using SearchCluster.Models.Data.Preprocessing;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Images of one size with a class each.</summary>
/// <param name="name">Where they come from, for messages.</param>
/// <param name="pixels">Bytes, row-major, rows × channels × height × width.</param>
/// <param name="classes">Class of each image.</param>
/// <param name="classLabels">Names of the classes.</param>
/// <param name="size">Shape of an image.</param>
/// <param name="normalise">False to rescale to 0 … 1 only.</param>
/// <param name="given">Parts that the data bring themselves.</param>
internal sealed class ImageSamples(string name, byte[] pixels, int[] classes, ValueArray<string> classLabels, ImageSize size, bool normalise, GivenParts? given) : Samples(name)
{
    /// <summary>Names of the columns where a row of a table is an image; empty for images.</summary>
    public ValueArray<string> Columns { get; init; } = [];

    /// <summary>Factor from the numbers of that table to bytes; null for images.</summary>
    public float? ColumnScale { get; init; }

    public override int Rows => classes.Length;

    public override IReadOnlyList<int> Strata => classes;

    public override GivenParts? Given => given;

    public override FittedSamples Fit(int[] train)
    {
        var images = tensor(pixels, [Rows, size.Channels, size.Height, size.Width], ScalarType.Byte);
        return new(
            new([size.Channels, size.Height, size.Width], TargetKind.Class, Columns, classLabels, []),
            ImagePreprocessing.Fit(images, train, normalise) with { ColumnScale = ColumnScale },
            images,
            tensor(classes.Select(k => (long)k).ToArray()),
            TargetScaling.None,
            []);
    }
}

/// <summary>Shape of an image.</summary>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
internal readonly record struct ImageSize(int Channels, int Height, int Width)
{
    public int Bytes => Channels * Height * Width;
}
