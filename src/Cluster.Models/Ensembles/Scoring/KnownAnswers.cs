using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>What rows should be answered, by which a model is scored.</summary>
public sealed class KnownAnswers
{
    private readonly long[] _classes;
    private readonly double[] _numbers;
    private readonly long[] _sizes;

    private KnownAnswers(long[] classes, double[] numbers, long[] sizes) => (_classes, _numbers, _sizes) = (classes, numbers, sizes);

    /// <summary>None: an autoencoder's answer is its input.</summary>
    public static KnownAnswers None { get; } = new([], [], []);

    /// <summary>A class for each row.</summary>
    /// <param name="labels">Label of each row.</param>
    /// <param name="known">Labels that the model knows, in the order of its answers.</param>
    /// <param name="placeOf">Says where a row stands, for messages; null for its number.</param>
    /// <exception cref="DataException">SC3009: a label that the model does not know.</exception>
    public static KnownAnswers OfClasses(IReadOnlyList<string> labels, ValueArray<string> known, Func<int, string>? placeOf = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(known);
        var numbers = known.Select((label, k) => (label, k))
            .ToDictionary(entry => entry.label, entry => (long)entry.k, StringComparer.Ordinal);
        return new(
            [.. labels.Select((label, row) => numbers.TryGetValue(label, out var k) ? k : throw new DataException(
                DataCodes.Labels,
                $"{placeOf?.Invoke(row) ?? $"Row {row + 1}"} has the label '{DisplayText.Shorten(label)}', which the model does not know; "
                    + $"it knows {string.Join(", ", known.Take(20).Select(DisplayText.Shorten))}."))],
            [],
            [labels.Count]);
    }

    /// <summary>Numbers for each row.</summary>
    /// <param name="numbers">In the units of the data, shape [rows, numbers].</param>
    public static KnownAnswers OfNumbers(double[,] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new([], [.. numbers.Cast<double>()], [numbers.GetLength(0), numbers.GetLength(1)]);
    }

    /// <summary>Numbers for each image of a table with the pixels in a column.</summary>
    /// <param name="images">With their table.</param>
    /// <param name="names">Names of the numbers that the model answers.</param>
    /// <exception cref="DataException">SC3009: the table lacks one of them.</exception>
    public static KnownAnswers OfNumbers(ImageRows images, ValueArray<string> names)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(names);
        var known = images.Numbers;
        int[] places = [.. names.Select(name => known?.Names.IndexOf(name) is >= 0 and var place
            ? place
            : throw new DataException(
                DataCodes.Labels,
                $"The images do not tell {DisplayText.Shorten(name)}, which the model answers; give a table with its columns and the "
                    + $"pixels in the column Image."))];
        var numbers = new double[images.Count, places.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i / places.Length, i % places.Length] = known!.Values[
                (i / places.Length * known.Names.Count) + places[i % places.Length]];
        }

        return OfNumbers(numbers);
    }

    /// <summary>A class for each pixel of images that were read with their targets.</summary>
    /// <param name="images">With their targets.</param>
    /// <param name="shape">What the model expects.</param>
    /// <exception cref="DataException">SC3009: they have no targets, or a target has a class that the model does not know.</exception>
    public static KnownAnswers OfMasks(ImageRows images, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(shape);
        var truth = images.Masks
            ?? throw new DataException(DataCodes.Labels, "The images have no targets; give a folder with images and targets.");
        string Place(int k) => Array.FindIndex(truth.Occurring ?? [], classes => classes.Contains(k)) is >= 0 and var row
            ? $"The target of image {DisplayText.Shorten(images.Names[row])} has"
            : "The targets have";
        var classes = truth.Labels.Select((label, k) => shape.ClassLabels.IndexOf(label) is >= 0 and var known
            ? (long)known
            : throw new DataException(
                DataCodes.Labels,
                $"{Place(k)} the colour {DisplayText.Shorten(label)}, which the model does not know; it knows "
                    + $"{string.Join(", ", shape.ClassLabels)}."))
            .ToArray();
        var pixels = truth.ToSpan().ToArray();
        return new(
            Array.ConvertAll(pixels, k => k < 0 ? Tasks.SegmentationTask.IgnoreIndex : classes[k]),
            [],
            [images.Count, shape.Input[1], shape.Input[2]]);
    }

    internal static KnownAnswers OfClasses(Tensor classes) => new(classes.data<long>().ToArray(), [], classes.shape);

    /// <summary>Gives the answers of some rows as a task reads them.</summary>
    /// <returns>On the device, in the caller's dispose scope.</returns>
    internal Tensor Targets(int start, int rows, TargetScaling scaling, Device device)
    {
        if (_sizes.Length == 0)
        {
            return zeros([rows], int64, device);
        }

        var width = _sizes.Skip(1).Aggregate(1, (product, size) => product * (int)size);
        long[] shape = [rows, .. _sizes[1..]];
        return _numbers.Length == 0
            ? tensor(_classes.AsSpan(start * width, rows * width).ToArray(), shape).to(device)
            : scaling.Apply(_numbers.AsSpan(start * width, rows * width).ToArray()).to(device);
    }
}
