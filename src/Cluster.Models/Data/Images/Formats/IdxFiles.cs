using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>The files of a data set in the layout of MNIST.</summary>
/// <param name="TrainImages">Images to learn from.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">Images of the test part; null when the folder has none.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record IdxFiles(string TrainImages, string TrainLabels, string? TestImages, string? TestLabels)
{
    /// <summary>Finds the files of a folder or archive by their usual names, plain or gzipped; those at the root come first.</summary>
    /// <returns>Their paths, or null when the training files are not there.</returns>
    public static IdxFiles? Find(FileTree files)
    {
        string? One(string name) => new[] { name, name.Replace("-idx", ".idx", StringComparison.Ordinal) }
            .SelectMany(candidate => new[] { candidate, candidate + ".gz" })
            .Select(candidate => files.Paths
                .Where(path => Path.GetFileName(path) == candidate)
                .MinBy(path => path.Count(letter => letter == '/')))
            .FirstOrDefault(path => path is not null);
        return One("train-images-idx3-ubyte") is { } images && One("train-labels-idx1-ubyte") is { } labels
            ? new(images, labels, One("t10k-images-idx3-ubyte"), One("t10k-labels-idx1-ubyte"))
            : null;
    }
}
