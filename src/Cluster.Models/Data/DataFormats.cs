using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data;

/// <summary>Tells the layout of data from names.</summary>
internal static class DataFormats
{
    private static readonly string[] Archives = [".zip", ".tar", ".tar.gz", ".tgz"];

    private static readonly string[] TrainTables = ["train.csv", "train.tsv", "train.csv.gz", "train.tsv.gz", "training.csv"];

    /// <summary>Recognises the layout of a file, folder or archive.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="files">What a folder or archive holds; null for a file.</param>
    /// <exception cref="DataException">SC3000: nothing known is there; SC3302: two layouts are.</exception>
    public static DataFormat Recognise(string path, FileTree? files)
    {
        // A file that is missing is told by whoever opens it.
        return files is null ? path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? DataFormat.Text : DataFormat.Csv
            : IdxFiles.Find(path) is not null ? DataFormat.Idx
            : CifarReader.Fits(files) ? DataFormat.Cifar
            : SegmentationReader.Fits(files) ? DataFormat.Segmentation
            : ImageFolderReader.Fits(files) ? RequireNoTable(path, files)
            : TableParts.Fits(files) ? TableParts.HasColumn(files, KeypointReader.ImageColumn) ? DataFormat.Keypoints : DataFormat.Csv
            : files.Paths.Any(file => file.EndsWith("training.csv", StringComparison.OrdinalIgnoreCase)) ? DataFormat.Keypoints
            : files.Paths.Any(ImageFormats.IsImage) ? DataFormat.Images
            : throw new DataException(DataCodes.NotTheLayout, $"'{DisplayText.Shorten(path)}' holds nothing that this release recognises; name its layout with data.format.");
    }

    // Pictures beside tables, or labels in a table beside pictures: which of them are the data is not to be guessed.
    private static DataFormat RequireNoTable(string path, FileTree files) => files.Paths.FirstOrDefault(file => TrainTables.Contains(file, StringComparer.OrdinalIgnoreCase)) is { } table
        ? throw new DataException(DataCodes.AmbiguousFolders, $"'{DisplayText.Shorten(path)}' holds the table {DisplayText.Shorten(table)} as well as folders of images; say which are the data with data.format: csv, or data.format: images, whose classes are the folders.")
        : DataFormat.Images;

    /// <summary>Tells whether a source is a folder or an archive.</summary>
    public static bool IsTree(string path) => Directory.Exists(path) || Archives.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
