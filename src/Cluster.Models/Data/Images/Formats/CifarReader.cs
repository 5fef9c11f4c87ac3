using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Reads the binary batches of CIFAR-10: a byte for the class, then 1,024 bytes each of red, green and blue.</summary>
/// <remarks>Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009;
/// <c>batches.meta.txt</c> names the classes.</remarks>
internal static class CifarReader
{
    private const int Record = 1 + (3 * 32 * 32);
    private const int Classes = 10;

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => Batches(files).Any();

    /// <summary>Reads them; <c>test_batch.bin</c> is the test part where it is there.</summary>
    /// <exception cref="DataException">SC3111: a file is no whole number of records; SC3009: a class above 9.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        var (spec, files, limit) = (request.Spec, request.Files, request.Limit);
        using var pixels = request.NewImages(1);
        var classes = new List<int>();
        Add(files, [.. Batches(files)], pixels, classes, limit, part: 0);

        if (classes.Count == 0)
        {
            throw new DataException(DataCodes.NotTheLayout, $"{files.Name} holds no data_batch_1.bin.");
        }

        var training = classes.Count;
        if (files.Paths.FirstOrDefault(path => Path.GetFileName(path) == "test_batch.bin") is { } test)
        {
            Add(files, [test], pixels, classes, limit, part: 2);
        }

        pixels.RequireOpacity(files.Name);
        var given = classes.Count == training
            ? null
            : new GivenParts([.. Enumerable.Range(0, training)], [], [.. Enumerable.Range(training, classes.Count - training)]);
        return new(
            files.Name,
            pixels.ToBuffer(),
            pixels.Size,
            new ImageAnswer.OneClass([.. classes], Labels(files)),
            spec.Images?.Normalise ?? true,
            given);
    }

    private static IEnumerable<string> Batches(FileTree files) =>
        files.Paths.Where(path => Path.GetFileName(path) is var name
            && name.StartsWith("data_batch_", StringComparison.Ordinal)
            && name.EndsWith(".bin", StringComparison.Ordinal));

    private static void Add(FileTree files, string[] paths, ImageList pixels, List<int> classes, RowLimit? limit, int part)
    {
        // With a limit the batches are read twice: which records are taken depends on the classes of all.
        var chosen = limit is null ? null : paths.SelectMany(path => ClassesOf(files, path, Read(files, path))).ToArray() is var all
            ? limit.Choose(all.Length, row => all[row], part).ToHashSet()
            : null;
        var first = 0;
        foreach (var path in paths)
        {
            var content = Read(files, path);
            foreach (var (k, record) in ClassesOf(files, path, content).Select((k, record) => (k, record)))
            {
                if (chosen?.Contains(first + record) != false)
                {
                    classes.Add(k);
                    pixels.Add(files.Name, path, content.AsSpan((record * Record) + 1, Record - 1), new(3, 32, 32));
                }
            }

            first += content.Length / Record;
        }
    }

    private static byte[] Read(FileTree files, string path) => files.Read(path) is { Length: > 0 } content && content.Length % Record == 0
        ? content
        : throw new DataException(
            DataCodes.BytesMissing,
            $"{files.Name}/{path} has {files.Read(path).Length} bytes, but must be a whole number of records of {Record}.");

    private static IEnumerable<int> ClassesOf(FileTree files, string path, byte[] content) =>
        Enumerable.Range(0, content.Length / Record).Select(record => content[record * Record] < Classes
            ? (int)content[record * Record]
            : throw new DataException(
                DataCodes.Labels,
                $"{files.Name}/{path}: record {record} has class {content[record * Record]}, but classes must be 0 to {Classes - 1}."));

    private static ValueArray<string> Labels(FileTree files)
    {
        var named = files.Paths.FirstOrDefault(path => Path.GetFileName(path) == "batches.meta.txt") is { } meta
            ? Encoding.UTF8.GetString(files.Read(meta)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        return named.Length == Classes ? named.ToValueArray() : Enumerable.Range(0, Classes).Select(k => $"{k}").ToValueArray();
    }
}
