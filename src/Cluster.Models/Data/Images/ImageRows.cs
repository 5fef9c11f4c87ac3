using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Images;

/// <summary>Images to predict, of one size.</summary>
public sealed class ImageRows
{
    private ImageRows(ValueArray<string> names, byte[] pixels, ImageSize size, ValueArray<string>? labels) => (Names, Pixels, Size, Labels) = (names, pixels, size, labels);

    /// <summary>Names of the files, or numbers from 0 where images have none.</summary>
    public ValueArray<string> Names { get; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>Class of each image where its folder or label file tells it; null elsewhere.</summary>
    public ValueArray<string>? Labels { get; }

    internal byte[] Pixels { get; }

    internal ImageSize Size { get; }

    /// <summary>Reads a file, a folder or archive of images, of class folders, or of IDX or CIFAR files.</summary>
    /// <param name="source">Its path.</param>
    /// <param name="shape">What the model expects.</param>
    /// <param name="fit">How images of another size are fitted; null for an error.</param>
    /// <returns>The images.</returns>
    /// <exception cref="DataException">They cannot be read, or have another size.</exception>
    public static ImageRows Read(string source, DataShape shape, ImageFit? fit = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Input.Count != 3)
        {
            throw new DataException("SC4120", $"The model expects {shape.Describe()}, no images; give a table.");
        }

        var spec = new ImageSpec((int)shape.Input[2], (int)shape.Input[1], (int)shape.Input[0], fit);
        if (File.Exists(source) && ImageDecoder.IsImage(source))
        {
            return Of(FileTree.Of(source), spec);
        }

        var files = FileTree.Open(source);
        var isFlat = files.Paths.Any(ImageDecoder.IsImage) && files.Paths.Where(ImageDecoder.IsImage).All(path => !path.Contains('/', StringComparison.Ordinal));
        return isFlat ? Of(files, spec) : OfSamples(source, spec);
    }

    private static ImageRows Of(FileTree files, ImageSpec spec)
    {
        string[] paths = [.. files.Paths.Where(ImageDecoder.IsImage)];
        var images = new ImageList(spec);
        Array.ForEach(paths, path => images.Add(files, path));
        return new(paths.ToValueArray(), images.Pixels, images.Size, null);
    }

    private static ImageRows OfSamples(string source, ImageSpec spec)
    {
        var samples = SampleReader.Read(new DataSpec(source, null, new SplitSpec(), Images: spec)) as ImageSamples
            ?? throw new DataException("SC3000", $"'{DisplayText.Shorten(source)}' holds no images.");
        var labels = samples.Answer is ImageAnswer.OneClass(var classes, var names) ? classes.Select(k => names[k]).ToValueArray() : null;
        return new(Enumerable.Range(0, samples.Rows).Select(row => $"{row}").ToValueArray(), samples.Pixels, samples.Size, labels);
    }
}
