using System.Globalization;
using SearchCluster.Models.Data.Description;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Images.Targets;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data.Images;

/// <summary>Images to predict, of one size.</summary>
public sealed class ImageRows
{
    private const int MostLookedAt = 20;

    private ImageRows(ValueArray<string> names, byte[] pixels, ImageSize size, ValueArray<string>? labels) =>
        (Names, Pixels, Size, Labels) = (names, pixels, size, labels);

    /// <summary>Paths of the files in their folder or archive, or numbers from 0 where images have none.</summary>
    public ValueArray<string> Names { get; }

    /// <summary>True when <see cref="Names"/> are those of files.</summary>
    public bool AreFiles { get; private init; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>Class of each image where its folder or label file tells it; null elsewhere.</summary>
    public ValueArray<string>? Labels { get; }

    /// <summary>True when the class of each pixel is known.</summary>
    public bool HasMasks => Masks is not null;

    /// <summary>Numbers to answer for each image, row-major, and their names, where a table of keypoints tells
    /// them; null elsewhere.</summary>
    internal ImageAnswer.Numbers? Numbers { get; private init; }

    internal byte[] Pixels { get; }

    internal ImageAnswer.Masks? Masks { get; private init; }

    /// <summary>Height and width of each image in its file; null where they are those of <see cref="Size"/>.</summary>
    internal IReadOnlyList<(int Height, int Width)>? FileSizes { get; private init; }

    /// <summary>Some of the images.</summary>
    internal ImageRows Slice(int start, int count) =>
        new(
            Enumerable.Range(start, count).Select(i => Names[i]).ToValueArray(),
            Pixels.AsSpan(start * Size.Bytes, count * Size.Bytes).ToArray(),
            Size,
            labels: null);

    internal ImageSize Size { get; }

    /// <summary>How many had another size than the model's and were fitted to it.</summary>
    public int Fitted { get; private init; }

    /// <summary>What was left out or changed, a sentence each.</summary>
    public ValueArray<string> Notes { get; private init; } = [];

    /// <summary>How many are of each part, where the data say so; null elsewhere.</summary>
    public DataParts? Parts { get; private set; }

    /// <summary>Where each image stands where a row of a table is one; null for files.</summary>
    public ValueArray<RowPlace>? Places { get; private init; }

    /// <summary>Says where an image stands that is no file of its own; null for files and rows of tables.</summary>
    public Func<int, string>? PlaceOf { get; private init; }

    /// <summary>Reads a file, a folder or archive of images, of class folders, or of IDX or CIFAR files, or a
    /// table with the pixels in a column.</summary>
    /// <param name="source">Its path.</param>
    /// <param name="shape">What the model expects.</param>
    /// <param name="fit">How images of another size are fitted; null for an error.</param>
    /// <param name="classes">The model's classes, to read only images whose folder tells the class; null to
    /// read all images of folders, without classes.</param>
    /// <exception cref="DataException">They cannot be read, or have another size.</exception>
    public static ImageRows Read(string source, DataShape shape, ImageFit? fit = null, IReadOnlyCollection<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shape);
        RequireImages(source, shape);
        var files = FileTree.Open(source);
        var purpose = classes is null ? ReadingPurpose.Predicting : ReadingPurpose.Evaluating;
        return Read(files, shape, fit, classes, new(new(source, null, new SplitSpec()), files, null, purpose));
    }

    /// <summary>Refuses to read images for a model of rows.</summary>
    internal static void RequireImages(string source, DataShape shape)
    {
        if (shape.Input.Count != 3)
        {
            throw new DataException(
                ModelCodes.OtherData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DisplayText.ShortenPath(source)} would be read as images, "
                        + $"but the model takes rows of {string.Join(" × ", shape.Input)} numbers; give a .csv file."));
        }
    }

    internal static ImageRows Read(
        FileTree files, DataShape shape, ImageFit? fit, IReadOnlyCollection<string>? classes, DataRequest request) =>
        files.Explain(() => ReadFiles(files, shape, fit, classes, request));

    private static ImageRows ReadFiles(
        FileTree files, DataShape shape, ImageFit? fit, IReadOnlyCollection<string>? classes, DataRequest request)
    {
        var spec = new ImageSpec((int)shape.Input[2], (int)shape.Input[1], (int)shape.Input[0], fit, Void: TargetClasses.VoidOf(shape));
        if (request.Purpose == ReadingPurpose.Predicting && IdxAlone(files) is { } idx)
        {
            return OfIdx(files, idx, spec);
        }

        if (files.IsFile)
        {
            var path = files.Paths.Single();
            return ImageFormats.IsImage(path) || !HoldsTable(files)
                ? Of(files, spec, null, [])
                : OfSamples(request, null, DataFormat.Keypoints);
        }

        var format = request.Spec.Format ?? DataFormats.Recognise(files.Name, files, isForModel: true);
        if (format is DataFormat.Csv or DataFormat.Text)
        {
            format = files.Paths.Any(ImageFormats.IsImage) ? DataFormat.Images : DataFormat.Keypoints;
        }

        if (format == DataFormat.Keypoints)
        {
            return OfSamples(request, null, format);
        }

        // Nothing but the images is needed to be answered, not even that each has its target.
        if (format == DataFormat.Segmentation && request.Purpose == ReadingPurpose.Predicting)
        {
            return Of(
                files,
                spec,
                [.. SegmentationFolders.ImagesOf(files).Select(path => new PlacedImage(path, "", 0))],
                [],
                SegmentationFolders.NameOf);
        }

        if (format != DataFormat.Images)
        {
            return OfSamples(request, spec, format);
        }

        if (classes is null)
        {
            return Of(files, spec, null, ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsAnswered(path))));
        }

        var others = ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsImage(path)));
        var layout = ImageLayout.Of(files.Name, files.Paths.Where(ImageFormats.IsImage), classes);
        var rows = Of(files, spec, layout.Images, layout.Notes.Concat(others));
        int Count(int part) => layout.Images.Count(image => image.Part == part);
        rows.Parts = layout.HasParts ? new(Count(0), Count(1), Count(2)) : null;
        return rows;
    }

    /// <summary>Tells whether a file, folder or archive holds a table rather than images.</summary>
    internal static bool HoldsTable(FileTree files)
    {
        if (!files.IsFile)
        {
            return !files.Paths.Any(ImageFormats.IsImage) && TableFiles.ToAnswer(files) is not null;
        }

        var path = files.Paths.Single();
        return KindOf(files)?.Sort is not (FileSort.Picture or FileSort.UnreadPicture or FileSort.Idx)
            && (TableFiles.IsTable(path) || TableFiles.IsText(path) || !ImageFormats.IsImage(path));
    }

    /// <summary>What one file is by its bytes; null for a folder, a table and what is not known.</summary>
    internal static FileKind? KindOf(FileTree files) => files.IsFile ? FileKind.Of(files.Head(files.Paths.Single())) : null;

    /// <summary>Tells whether a file is an image, or a folder or archive holds some and no table.</summary>
    internal static bool HoldsImages(FileTree files) => files.IsFile
        ? !HoldsTable(files)
        : files.Paths.Any(ImageFormats.IsImage) && !files.Paths.Any(TableFiles.IsTable);

    private static ImageRows Of(
        FileTree files, ImageSpec spec, IReadOnlyList<PlacedImage>? placed, IEnumerable<string> notes, Func<string, string>? nameOf = null)
    {
        string[] paths = placed is null
            ? [.. files.Paths.Where(path => files.IsFile || ImageFormats.IsAnswered(path))]
            : [.. placed.Select(image => image.Path)];
        using var images = new ImageList(spec, paths.Length, isForModel: true);
        var sizes = Array.ConvertAll(paths, path => images.Add(files, path));
        var labels = placed is null or [] ? null : placed.Select(image => image.Class).ToValueArray();
        return new((nameOf is null ? paths : paths.Select(nameOf)).ToValueArray(), images.ToBuffer().ToArray(), images.Size, labels)
        {
            AreFiles = true,
            FileSizes = sizes,
            Fitted = images.Fitted.Value,
            Notes = [.. files.Notes, .. notes, .. images.Notes(files.Name)],
        };
    }

    // Images as MNIST has them without their labels, which nobody needs to answer them: the file itself, or the only one of its kind where
    // no labels say that it is one of a data set.
    private static string? IdxAlone(FileTree files)
    {
        if (!files.IsFile && (IdxFiles.Find(files) is not null
            || files.Paths.Any(path => ImageFormats.IsAnswered(path) || TableFiles.IsTable(path))))
        {
            return null;
        }

        string[] found = [.. files.Paths.Take(MostLookedAt).Where(path => FileKind.Of(files.Head(path)) is { HasIdxImages: true })];
        return found is [var one] ? one : null;
    }

    private static ImageRows OfIdx(FileTree files, string path, ImageSpec spec)
    {
        var (sizes, pixels) = IdxReader.ReadFile(files, path, IdxReader.ImagesMagic);
        using var images = new ImageList(spec, 1, isForModel: true);
        images.Add(files.Name, path, pixels, new(1, sizes[1], sizes[2]));
        return new(
            Enumerable.Range(0, sizes[0]).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row}")).ToValueArray(),
            images.ToBuffer().ToArray(),
            images.Size,
            labels: null)
        {
            Fitted = images.Fitted.Value,
            PlaceOf = row => string.Create(CultureInfo.InvariantCulture, $"Image {row} of {files.TitleOf(path)} (from 0)"),
            Notes = [.. files.Notes],
        };
    }

    private static ImageRows OfSamples(DataRequest request, ImageSpec? spec, DataFormat format)
    {
        var samples = SampleReader.ReadFor(request with { Spec = request.Spec with { Format = format, Images = spec } }) as ImageSamples
            ?? throw new DataException(DataCodes.NotTheLayout, $"'{DisplayText.ShortenPath(request.Files.Name)}' holds no images.");
        var names = samples.Paths ?? Enumerable.Range(0, samples.Rows).Select(row => $"{row}").ToValueArray();
        var labels = samples.Answer is ImageAnswer.OneClass(var classes, var known) ? classes.Select(k => known[k]).ToValueArray() : null;
        return new(names, samples.Pixels.ToArray(), samples.Size, labels)
        {
            AreFiles = samples.Paths is not null,
            Masks = samples.Answer as ImageAnswer.Masks,
            Numbers = samples.Answer as ImageAnswer.Numbers,
            Fitted = request.Fitted.Value,
            Places = samples.Places,
            PlaceOf = samples.PlaceOf,
            Parts = samples.Given is { } given ? new(given.Train.Length, given.Validation.Length, given.Test.Length) : null,
            Notes = samples.Notes,
        };
    }
}
