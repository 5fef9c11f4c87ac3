using System.Runtime.InteropServices;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Storage;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Images;

/// <summary>Images of one size.</summary>
/// <param name="name">Where they come from, for messages.</param>
/// <param name="pixels">Row-major, rows × channels × height × width.</param>
/// <param name="size">Shape of an image.</param>
/// <param name="answer">What is to be answered.</param>
/// <param name="normalise">False to rescale to 0 … 1 only.</param>
/// <param name="given">Parts that the data bring themselves.</param>
internal sealed class ImageSamples(string name, PixelBuffer pixels, ImageSize size, ImageAnswer answer, bool normalise, GivenParts? given)
    : Samples(name)
{
    public PixelBuffer Pixels => pixels;

    public ImageSize Size => size;

    public ImageAnswer Answer => answer;

    /// <summary>How images of another size were fitted; null where they were refused.</summary>
    public ImageFit? FittedBy { get; set; }

    /// <summary>Path of each image; null where images are no files of their own.</summary>
    public ValueArray<string>? Paths { get; init; }

    /// <summary>Names of the columns where a row of a table is an image; empty for images.</summary>
    public ValueArray<string> Columns { get; init; } = [];

    /// <summary>The numbers of that table, which take the place of the pixels; null for images.</summary>
    public PixelNumbers? Unscaled { get; init; }

    /// <summary>Where each image stands where a row of a table is one; null for others.</summary>
    public ValueArray<RowPlace>? Places { get; init; }

    /// <summary>Says where an image stands in files of many images; null for others.</summary>
    public Func<int, string>? PlaceOf { get; init; }

    /// <summary>How the table was read that holds the pixels; null for images.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>What a person should know of that table.</summary>
    public ValueArray<string> TableWarnings { get; init; } = [];

    /// <summary>Where that table holds the class; null for images.</summary>
    public Tables.ClassColumn? ClassColumn { get; init; }

    /// <summary>Images that belong together.</summary>
    public RowGroups? Together { get; init; }

    public override RowGroups? Groups => Together;

    public override int Rows => Unscaled?.Rows ?? (int)(pixels.Length / size.Bytes);

    public override IReadOnlyList<int>? Strata => answer is ImageAnswer.OneClass({ } classes, { Count: > 0 }) ? classes : null;

    public override RowClasses? Classes => answer switch
    {
        ImageAnswer.OneClass(var classes, { Count: > 0 } labels) => RowClasses.OfOne(labels, classes),
        ImageAnswer.Masks { Occurring: { } occurring, Labels: var labels } => new(labels, row => occurring[row], "image", AreNames: false),
        _ => null,
    };

    public override GivenParts? Given => given;

    public override FittedSamples Fit(int[] train)
    {
        var white = Unscaled?.WhiteOf(train);
        var bytes = Unscaled is { } numbersOf ? numbersOf.ToBuffer(white!.Value) : pixels;
        var images = bytes.ToTensor([Rows, size.Channels, size.Height, size.Width]);
        var preprocessing = ImagePreprocessing.Fit(images, train, normalise) with
        {
            ColumnScale = white is { } one ? PixelNumbers.ScaleOf(one) : null,
            ImageFit = FittedBy,
            Reading = Reading,
        };
        var input = new ValueArray<long>([size.Channels, size.Height, size.Width]);
        switch (answer)
        {
            case ImageAnswer.OneClass(var classes, var labels):
                return new(
                    new(input, TargetKind.Class, Columns, labels, [], ClassColumn: ClassColumn),
                    preprocessing,
                    images,
                    tensor(classes.Select(k => (long)k).ToArray()),
                    TargetScaling.None,
                    [.. TableWarnings, .. Unscaled?.Warn(train, white!.Value) ?? []]);
            case ImageAnswer.Masks(var masks, var labels, var nothing) { Form: var form }:
                var shape = new DataShape(input, TargetKind.Mask, Columns, labels, [], Void: nothing ?? Targets.TargetClasses.NoVoid)
                {
                    MaskForm = form,
                };
                return new(shape, preprocessing, images, masks.ToTensor([Rows, size.Height, size.Width]), TargetScaling.None, []);
            case ImageAnswer.Numbers(var numbers, var names):
                var scaling = TargetScaling.Fit(numbers, names.Count, train);
                return new(
                    new(input, TargetKind.Numbers, Columns, [], names),
                    preprocessing,
                    images,
                    scaling.Apply(numbers),
                    scaling,
                    [.. scaling.Warn(Name, names, numbers, train)]);
            default:
                throw new InvalidOperationException($"An answer of kind {answer.GetType().Name} has no tensor.");
        }
    }
}

/// <summary>What is to be answered for each image.</summary>
internal abstract record ImageAnswer
{
    /// <summary>One class.</summary>
    public sealed record OneClass(int[] Classes, ValueArray<string> Labels) : ImageAnswer;

    /// <summary>Numbers, row-major, rows × names.</summary>
    public sealed record Numbers(double[] Values, ValueArray<string> Names) : ImageAnswer;

    /// <summary>A class for each pixel as two bytes, row-major, rows × height × width; -1 for void.</summary>
    /// <param name="Values">The classes.</param>
    /// <param name="Labels">Their names.</param>
    /// <param name="Void">The value of pixels without a class; null where all have one.</param>
    public sealed record Masks(PixelBuffer Values, ValueArray<string> Labels, string? Void = null) : ImageAnswer
    {
        /// <summary>Classes that occur in each mask.</summary>
        public int[][]? Occurring { get; init; }

        /// <summary>How the files of the targets hold the classes; null where they differ in that.</summary>
        public Targets.MaskForm? Form { get; init; }

        /// <summary>All of them in memory.</summary>
        public ReadOnlySpan<short> ToSpan() => MemoryMarshal.Cast<byte, short>(Values.ToArray());
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
