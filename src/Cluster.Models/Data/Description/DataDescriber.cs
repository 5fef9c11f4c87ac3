using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data.Description;

/// <summary>Reads data as a search would, and says what they hold. Nothing is fitted, and libtorch is not loaded.</summary>
public static class DataDescriber
{
    /// <summary>Describes data.</summary>
    /// <param name="spec">Source (a path), format, target, limit and the like; the split is not used.</param>
    /// <returns>What the data hold. Reads and decodes all of them.</returns>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    public static DataDescription Describe(DataSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Describe(spec, SampleReader.FilesOf(spec));
    }

    /// <summary>Describes data that are open.</summary>
    /// <param name="spec">As for <see cref="Describe(DataSpec)"/>; the source is for messages.</param>
    /// <param name="input">The data.</param>
    /// <returns>What they hold.</returns>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    public static DataDescription Describe(DataSpec spec, DataInput input)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(input);
        return Describe(spec, input.Files);
    }

    /// <summary>Recognises the layout of a file, folder or archive.</summary>
    /// <param name="path">An existing one.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="DataException">SC3000: nothing known is there.</exception>
    public static DataFormat Recognise(string path) => SampleReader.FormatOf(new(path, null, new()));

    private static DataDescription Describe(DataSpec spec, FileTree files)
    {
        var format = SampleReader.FormatOf(spec, files);
        var request = new DataRequest(spec, files, Splits.RowLimit.Of(spec, 0), ReadingPurpose.Describing);
        if (format is DataFormat.Csv or DataFormat.Series)
        {
            var table = TableDescriber.Describe(format, SampleReader.OpenTable(request), spec);
            return table with { Warnings = [.. files.Notes, .. table.Warnings] };
        }

        return SampleReader.ReadFor(request) switch
        {
            ImageSamples images => OfImages(format, images),
            TextSamples text => new(format, text.Rows, $"{text.WindowLength} characters", null, [], false, 0, [], [], text.Text
                .Distinct()
                .Count())
            { Warnings = text.Notes },
            var other => throw new InvalidOperationException($"Samples of kind {other.GetType().Name} have no description."),
        };
    }

    private static DataDescription OfImages(DataFormat format, ImageSamples images)
    {
        var parts = images.Given is { } given ? new DataParts(given.Train.Length, given.Validation.Length, given.Test.Length) : null;
        var description = new DataDescription(
            format,
            images.Rows,
            $"{images.Size.Channels} × {images.Size.Height} × {images.Size.Width}",
            parts,
            [],
            false,
            0,
            [],
            ChannelsOf(images),
            null)
        {
            Warnings = [.. images.Notes, .. images.Classes is { } known
                ? new ClassCoverage(images.Name, known, PartsOf(images)).Warnings()
                : []],
        };
        return images.Answer switch
        {
            ImageAnswer.OneClass(var classes, var labels) => description with { Classes = Count(classes, labels) },
            ImageAnswer.Masks masks => OfMasks(description, masks),
            ImageAnswer.Numbers(var numbers, var names) => description with
            {
                Columns = names.Select((name, column) => OfNumbers(
                    name, [.. Enumerable.Range(0, images.Rows).Select(row => numbers[(row * names.Count) + column])]))
                    .ToValueArray(),
            },
            _ => description,
        };
    }

    private static DataSplit PartsOf(ImageSamples images) => images.Given is { } given
        ? new(given.Train, given.Validation, given.Test)
        : new([.. Enumerable.Range(0, images.Rows)], [], []);

    private static ColumnDescription OfNumbers(string name, double[] numbers)
    {
        double[] there = [.. numbers.Where(number => !double.IsNaN(number))];
        return TableDescriber.OfNumbers(name, there, numbers.Length - there.Length);
    }

    private static DataDescription OfMasks(DataDescription description, ImageAnswer.Masks masks)
    {
        var (counts, nothing) = (new long[masks.Labels.Count], 0L);
        foreach (var pixel in masks.ToSpan())
        {
            _ = pixel < 0 ? nothing++ : counts[pixel]++;
        }

        return description with
        {
            Classes = masks.Labels.Select((label, number) => new ClassCount(label, counts[number])).ToValueArray(),
            CountsPixels = true,
            Void = nothing,
        };
    }

    private static ValueArray<ClassCount> Count(IEnumerable<int> classes, ValueArray<string> labels)
    {
        var counts = new long[labels.Count];
        foreach (var one in classes)
        {
            counts[one]++;
        }

        return labels.Select((label, number) => new ClassCount(label, counts[number])).ToValueArray();
    }

    private static ValueArray<ChannelDescription> ChannelsOf(ImageSamples images)
    {
        var (pixels, area) = (images.Pixels.ToArray(), images.Size.Height * images.Size.Width);
        var (sums, squares) = (new double[images.Size.Channels], new double[images.Size.Channels]);
        for (var plane = 0; plane < pixels.Length / area; plane++)
        {
            var (sum, square) = (0L, 0L);
            foreach (var pixel in pixels.AsSpan(plane * area, area))
            {
                sum += pixel;
                square += pixel * pixel;
            }

            sums[plane % sums.Length] += sum;
            squares[plane % sums.Length] += square;
        }

        var count = (double)images.Rows * area;
        return sums.Select((sum, channel) => new ChannelDescription(
            sum / count / 255, Math.Sqrt(Math.Max(0, (squares[channel] / count) - (sum / count * (sum / count)))) / 255))
            .ToValueArray();
    }
}
