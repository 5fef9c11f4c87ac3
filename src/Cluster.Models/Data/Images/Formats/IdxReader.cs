using System.Buffers.Binary;
using System.Globalization;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Reads images and labels in the IDX format of MNIST, plain or gzipped.</summary>
/// <remarks>
/// Layout: four bytes 0, 0, type (8 for bytes), number of dimensions; each dimension as four bytes, most significant first; then the bytes.
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits". A gzip that unpacks to more than its header declares is
/// refused before it is unpacked further.
/// </remarks>
internal static class IdxReader
{
    public const int ImagesMagic = 0x00000803;
    public const int LabelsMagic = 0x00000801;
    private const int MaximumPixels = 2_000_000_000;

    // Deflate makes a byte of at most so many: what a header promises beyond that cannot be there, and is not allocated.
    private const int MostUnpacked = 1_032;

    /// <summary>Reads the files of a folder or archive.</summary>
    /// <exception cref="DataException">SC3000: images or labels are not there; SC3110 … SC3113: a file is not
    /// what its header says.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        var (spec, tree) = (request.Spec, request.Files);
        var files = IdxFiles.Find(tree)
            ?? throw new DataException(
                DataCodes.NotTheLayout,
                $"'{DisplayText.ShortenPath(spec.Source)}' lacks train-images-idx3-ubyte or train-labels-idx1-ubyte (plain or .gz).");
        using var list = request.NewImages(1);
        var (classes, size) = AddPair(list, tree, files.TrainImages, files.TrainLabels, request.Limit, part: 0);
        GivenParts? given = null;
        var (training, isDrawn) = (classes.Length, request.Limit is not null);
        if (files is { TestImages: { } testImages, TestLabels: { } testLabels })
        {
            var (testClasses, testSize) = AddPair(list, tree, testImages, testLabels, request.Limit, part: 2);
            if (testSize != size)
            {
                throw new DataException(
                    DataCodes.ImageSizes,
                    $"{Path.GetFileName(testImages)} has images of {testSize.Height} × {testSize.Width}, "
                        + $"but {Path.GetFileName(files.TrainImages)} of {size.Height} × {size.Width}.");
            }

            given = new([.. Enumerable.Range(0, classes.Length)], [], [.. Enumerable.Range(classes.Length, testClasses.Length)]);
            classes = [.. classes, .. testClasses];
        }

        list.RequireOpacity(tree.Name);
        var labels = Enumerable.Range(0, Math.Max(2, classes.Max() + 1))
            .Select(k => k.ToString(CultureInfo.InvariantCulture))
            .ToValueArray();
        return new(tree.Name, list.ToBuffer(), list.Size, new ImageAnswer.OneClass(classes, labels), spec.Images?.Normalise ?? true, given)
        {
            Notes = [.. Alone(tree.Name, files)],
            PlaceOf = isDrawn ? null : row => row < training
                ? Place(files.TrainImages, files.TrainLabels, row)
                : Place(files.TestImages!, files.TestLabels!, row - training),
        };
    }

    private static string Place(string images, string labels, int row) => string.Create(
        CultureInfo.InvariantCulture,
        $"Image {row} of {Path.GetFileName(images)} (from 0, label in {Path.GetFileName(labels)})");

    private static IEnumerable<string> Alone(string name, IdxFiles files)
    {
        if (files.TestImages is null != files.TestLabels is null)
        {
            yield return $"{name}: {Path.GetFileName(files.TestImages ?? files.TestLabels)} "
                + $"is there without its {(files.TestImages is null ? "images" : "labels")}, so the folder has no test part.";
        }
    }

    /// <summary>Reads one IDX file.</summary>
    /// <returns>Sizes and bytes.</returns>
    public static (int[] Sizes, byte[] Bytes) ReadFile(FileTree files, string path, int magic)
    {
        var name = Path.GetFileName(path);
        var packed = files.Read(path, int.MaxValue);
        using var stream = Open(packed, path);
        try
        {
            Span<byte> header = stackalloc byte[4];
            Fill(stream, header, name);
            var found = BinaryPrimitives.ReadInt32BigEndian(header);
            if (found != magic)
            {
                throw new DataException(
                    DataCodes.NotIdx,
                    $"{name} has magic 0x{found:X8}, expected 0x{magic:X8}; "
                        + $"it is no IDX file of {(magic == ImagesMagic ? "images" : "labels")}.");
            }

            var sizes = new int[magic & 0xFF];
            for (var i = 0; i < sizes.Length; i++)
            {
                Fill(stream, header, name);
                sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header);
            }

            var declared = sizes.Aggregate(1.0, (product, size) => product * size);
            if (sizes.Any(size => size < 1) || declared > MaximumPixels)
            {
                throw new DataException(
                    DataCodes.TooLarge,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} declares {string.Join(" × ", sizes)} values; "
                            + $"each size must be at least 1 and their product at most {MaximumPixels}."));
            }

            if (declared > (WholeGzip.Fits(packed) ? (double)packed.Length * MostUnpacked : packed.Length))
            {
                throw new DataException(
                    DataCodes.BytesMissing,
                    $"{name} has {Counted.Of(packed.Length, "byte")}, "
                        + $"too few for the {string.Join(" × ", sizes)} values that its header promises; it was cut short.");
            }

            var bytes = new byte[(int)declared];
            Fill(stream, bytes, name);
            if (stream.ReadByte() >= 0)
            {
                throw new DataException(
                    DataCodes.BytesTooMany,
                    string.Create(CultureInfo.InvariantCulture, $"{name} is longer than the {declared} values that its header declares."));
            }

            return (sizes, bytes);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataException(
                DataCodes.DamagedGzip, $"{name} is a damaged gzip file: {damaged.Message.TrimEnd('.')}; copy it again.", damaged);
        }
    }

    private static Stream Open(byte[] content, string path)
    {
        var stream = new MemoryStream(content, writable: false);
        return WholeGzip.Fits(content)
            ? new WholeGzip(stream)
            : path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? throw new DataException(DataCodes.DamagedGzip, $"{Path.GetFileName(path)} is no gzip file.")
                : stream;
    }

    private static (int[] Classes, ImageSize Size) AddPair(
        ImageList list, FileTree files, string images, string labels, RowLimit? limit, int part)
    {
        var (sizes, pixels) = ReadFile(files, images, ImagesMagic);
        var (counts, bytes) = ReadFile(files, labels, LabelsMagic);
        if (sizes[0] != counts[0])
        {
            throw new DataException(
                DataCodes.CountsDiffer,
                $"{Path.GetFileName(images)} has {sizes[0]} images, but {Path.GetFileName(labels)} has {counts[0]} labels.");
        }

        var (chosen, classes, size) = Choose(
            pixels, bytes, new(1, sizes[1], sizes[2]), limit?.Choose(bytes.Length, row => bytes[row], part));
        list.Add(files.Name, Path.GetFileName(images), chosen, size);
        return (classes, size);
    }

    private static (byte[] Pixels, int[] Classes, ImageSize Size) Choose(byte[] pixels, byte[] labels, ImageSize size, int[]? rows) =>
        rows is null || rows.Length == labels.Length
            ? (pixels, Array.ConvertAll(labels, label => (int)label), size)
            : ([.. rows.SelectMany(row => new ArraySegment<byte>(pixels, row * size.Bytes, size.Bytes))], Array.ConvertAll(
                rows, row => (int)labels[row]), size);

    private static void Fill(Stream stream, Span<byte> buffer, string name)
    {
        var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
        {
            throw new DataException(DataCodes.BytesMissing, $"{name} ends after {read} of {buffer.Length} bytes that its header promises.");
        }
    }
}
