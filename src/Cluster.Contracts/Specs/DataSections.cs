using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Specs;

/// <summary>The data a workload trains on.</summary>
/// <param name="Source">A built-in data set (<c>digits</c>), <c>registered:NAME</c> for a data set that the worker's machine knows by name,
/// or the path of a file or folder on the worker.</param>
/// <param name="Target">Answer of a table: the column's header name or its number from 0; null for the last one.</param>
/// <param name="Split">Shares of the parts.</param>
/// <param name="Limit">Use only so many rows, drawn by the seed and of each class in proportion, or the first
/// steps of a sequence; null for all.</param>
/// <param name="Sha256">Refuse other bytes; 64 lower-case hexadecimal digits, null for no check.</param>
/// <param name="Format">How the source is read; null to tell from its name and content.</param>
/// <param name="Table">How a table is read; null for the defaults.</param>
/// <param name="Images">How images are read, or how many pixels a row of a table is; null for the defaults.</param>
/// <param name="Series">How a series is cut into rows; null for the defaults.</param>
/// <param name="Storage">Where the rows lie while trials train; null for memory.</param>
public sealed record DataSpec(
    string Source,
    string? Target,
    SplitSpec Split,
    int? Limit = null,
    string? Sha256 = null,
    DataFormat? Format = null,
    TableSpec? Table = null,
    ImageSpec? Images = null,
    SeriesSpec? Series = null,
    DataStorage? Storage = null)
{
    /// <summary>Begins a source that is the name of a registered data set.</summary>
    public const string RegisteredPrefix = "registered:";

    /// <summary>Name of the registered data set; null where the source is something else.</summary>
    [JsonIgnore]
    public string? RegisteredName =>
        Source.StartsWith(RegisteredPrefix, StringComparison.Ordinal) ? Source[RegisteredPrefix.Length..] : null;
}

/// <summary>Where the rows of a data set lie while trials train.</summary>
public enum DataStorage
{
    /// <summary>In the memory of the device.</summary>
    Memory,

    /// <summary>In files that are read batch by batch: data may be larger than memory, epochs take longer.</summary>
    Disk,
}

/// <summary>Layouts of data.</summary>
public enum DataFormat
{
    /// <summary>A table of numbers and texts.</summary>
    Csv,

    /// <summary>The four files of MNIST, plain or gzipped.</summary>
    Idx,

    /// <summary>The binary batches of CIFAR-10.</summary>
    Cifar,

    /// <summary>A folder for each class with images in it, or an archive of that.</summary>
    Images,

    /// <summary>A folder of images and one of colour-coded targets, or an archive of that.</summary>
    Segmentation,

    /// <summary>A table of coordinates with the pixels in a column.</summary>
    Keypoints,

    /// <summary>A table of numbers in the order of time, of which windows are rows.</summary>
    Series,

    /// <summary>A text, of which windows of characters are rows.</summary>
    Text,
}

/// <summary>How images are read.</summary>
/// <param name="Width">Pixels to fit each image to; null for its own.</param>
/// <param name="Height">Pixels to fit each image to; null for its own.</param>
/// <param name="Channels">1 for grey, 3 for colours; null for what the images have.</param>
/// <param name="Fit">How an image of another size is fitted; null for an error.</param>
/// <param name="Normalise">False to rescale to 0 … 1 only; null for mean 0 and deviation 1 of each channel.</param>
/// <param name="Void">Which value of a target's pixels is no class: <c>#rrggbb</c>, a number above 255, or <c>none</c>; null for black in
/// targets of colours.</param>
/// <param name="ClassLevel">How deep the folders of classes lie, 1 for those directly below the root or a part; null to tell from the
/// folders.</param>
public sealed record ImageSpec(
    int? Width = null, int? Height = null, int? Channels = null, ImageFit? Fit = null, bool? Normalise = null, string? Void = null,
        int? ClassLevel = null);

/// <summary>How an image of another size is fitted.</summary>
public enum ImageFit
{
    /// <summary>Scaled in both directions.</summary>
    Resize,

    /// <summary>Cut, or padded with black, about its centre.</summary>
    Crop,
}

/// <summary>How a series is cut into rows.</summary>
/// <param name="Window">Steps that a row shows; null for 24, or 64 characters.</param>
/// <param name="Horizon">How many steps after the window the answer lies; null for 1.</param>
/// <param name="Stride">Steps from one row to the next; null for 1, or the window of a text.</param>
public sealed record SeriesSpec(int? Window = null, int? Horizon = null, int? Stride = null);

/// <summary>What is to be answered for each row.</summary>
public enum TargetKind
{
    /// <summary>One class.</summary>
    Class,

    /// <summary>One or more numbers.</summary>
    Numbers,

    /// <summary>One class for each pixel.</summary>
    Mask,
}

/// <summary>Shares of the data; they sum to 1.</summary>
/// <param name="Train">Above 0.</param>
/// <param name="Validation">Above 0.</param>
/// <param name="Test">At least 0.</param>
/// <param name="Stratify">Keep the class shares in each part.</param>
/// <param name="TrainRows">Rows to learn from instead of a share; null for shares. With it, the parts are the
/// rows that are named and the data's own test part.</param>
/// <param name="ValidationRows">Rows to judge by; given where <paramref name="TrainRows"/> is.</param>
/// <param name="TestRows">Rows of the test part; null for the data's own, or none.</param>
/// <param name="Folds">Cross-validation: into how many parts the rows that are not the data's own test part are divided, each of which
/// validates once; <see cref="LeaveOneOut"/> for a part of its own for each row; null for none.</param>
/// <param name="Fold">Which part validates here, from 0 to <paramref name="Folds"/> - 1; null for the first.
/// Not part of a specification.</param>
/// <param name="GroupBy">Column that tells which rows belong together, or for images a pattern of their paths whose bracket does: no group
/// is in two parts; null for none.</param>
public sealed record SplitSpec(
    double Train = 0.6,
    double Validation = 0.2,
    double Test = 0.2,
    bool Stratify = true,
    RowRange? TrainRows = null,
    RowRange? ValidationRows = null,
    RowRange? TestRows = null,
    int? Folds = null,
    int? Fold = null,
    string? GroupBy = null)
{
    /// <summary>As many folds as rows.</summary>
    public const int LeaveOneOut = 0;
}

/// <summary>Rows by their numbers.</summary>
/// <param name="First">From 0.</param>
/// <param name="Last">Included.</param>
public sealed record RowRange(int First, int Last)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{First}-{Last}");
}
