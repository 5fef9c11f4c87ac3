using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Images.Targets;

namespace SearchCluster.Models.Data.Images;

/// <summary>Images to predict, of one size.</summary>
public sealed class ImageRows
{
    private ImageRows(ValueArray<string> names, byte[] pixels, ImageSize size, ValueArray<string>? labels) => (Names, Pixels, Size, Labels) = (names, pixels, size, labels);

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

    /// <summary>Numbers to answer for each image, row-major, and their names, where a table of keypoints tells them; null elsewhere.</summary>
    internal ImageAnswer.Numbers? Numbers { get; private init; }

    internal byte[] Pixels { get; }

    internal ImageAnswer.Masks? Masks { get; private init; }

    /// <summary>Height and width of each image in its file; null where they are those of <see cref="Size"/>.</summary>
    internal IReadOnlyList<(int Height, int Width)>? FileSizes { get; private init; }

    /// <summary>Some of the images.</summary>
    internal ImageRows Slice(int start, int count) =>
        new(Enumerable.Range(start, count).Select(i => Names[i]).ToValueArray(), Pixels.AsSpan(start * Size.Bytes, count * Size.Bytes).ToArray(), Size, labels: null);

    internal ImageSize Size { get; }

    /// <summary>What was left out or changed, a sentence each.</summary>
    public ValueArray<string> Notes { get; private init; } = [];

    /// <summary>Reads a file, a folder or archive of images, of class folders, or of IDX or CIFAR files, or a table with the pixels in a column.</summary>
    /// <param name="source">Its path.</param>
    /// <param name="shape">What the model expects.</param>
    /// <param name="fit">How images of another size are fitted; null for an error.</param>
    /// <param name="classes">The model's classes, to read only images whose folder tells the class; null to read all images of folders, without classes.</param>
    /// <returns>The images.</returns>
    /// <exception cref="DataException">They cannot be read, or have another size.</exception>
    public static ImageRows Read(string source, DataShape shape, ImageFit? fit = null, IReadOnlyCollection<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Input.Count != 3)
        {
            throw new DataException(ModelCodes.OtherData, FormattableString.Invariant($"{DisplayText.ShortenPath(source)} would be read as images, but the model takes rows of {string.Join(" × ", shape.Input)} numbers; give a .csv file."));
        }

        var spec = new ImageSpec((int)shape.Input[2], (int)shape.Input[1], (int)shape.Input[0], fit, Void: TargetClasses.VoidOf(shape));
        if (!Directory.Exists(source) && ImageFormats.IsImage(source))
        {
            return Of(FileTree.Of(source), spec, null, []);
        }

        if (source.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return OfSamples(source, spec, DataFormat.Keypoints);
        }

        var files = FileTree.Open(source);
        if (DataFormats.Recognise(source, files) != DataFormat.Images)
        {
            return OfSamples(source, spec);
        }

        var others = ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsImage(path)));
        if (classes is null)
        {
            return Of(files, spec, null, others);
        }

        var layout = ImageLayout.Of(files.Name, files.Paths.Where(ImageFormats.IsImage), classes);
        return Of(files, spec, layout.Images, layout.Notes.Concat(others));
    }

    private static ImageRows Of(FileTree files, ImageSpec spec, IReadOnlyList<PlacedImage>? placed, IEnumerable<string> notes)
    {
        string[] paths = placed is null ? [.. files.Paths.Where(ImageFormats.IsImage)] : [.. placed.Select(image => image.Path)];
        using var images = new ImageList(spec, paths.Length);
        var sizes = Array.ConvertAll(paths, path => images.Add(files, path));
        var labels = placed is null or [] ? null : placed.Select(image => image.Class).ToValueArray();
        return new(paths.ToValueArray(), images.ToBuffer().ToArray(), images.Size, labels) { AreFiles = true, FileSizes = sizes, Notes = [.. files.Notes, .. notes, .. images.Notes(files.Name)] };
    }

    private static ImageRows OfSamples(string source, ImageSpec spec, DataFormat? format = null)
    {
        var samples = SampleReader.Read(new DataSpec(source, null, new SplitSpec(), Format: format, Images: format == DataFormat.Keypoints ? null : spec)) as ImageSamples
            ?? throw new DataException(DataCodes.NotTheLayout, $"'{DisplayText.Shorten(source)}' holds no images.");
        var names = samples.Paths ?? Enumerable.Range(0, samples.Rows).Select(row => $"{row}").ToValueArray();
        var labels = samples.Answer is ImageAnswer.OneClass(var classes, var known) ? classes.Select(k => known[k]).ToValueArray() : null;
        return new(names, samples.Pixels.ToArray(), samples.Size, labels) { AreFiles = samples.Paths is not null, Masks = samples.Answer as ImageAnswer.Masks, Numbers = samples.Answer as ImageAnswer.Numbers, Notes = samples.Notes };
    }
}
