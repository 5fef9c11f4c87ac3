using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data;

/// <summary>Tells the layout of data from names.</summary>
internal static class DataFormats
{
    private static readonly string[] Archives = [".zip", ".tar", ".tar.gz", ".tgz"];

    /// <summary>Recognises the layout of a file, folder or archive.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="files">What a folder or archive holds; null for a file.</param>
    /// <exception cref="DataException">SC3000: nothing known is there.</exception>
    public static DataFormat Recognise(string path, FileTree? files)
    {
        // A file that is missing is told by whoever opens it.
        return files is null ? path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? DataFormat.Text : DataFormat.Csv
            : IdxFiles.Find(path) is not null ? DataFormat.Idx
            : CifarReader.Fits(files) ? DataFormat.Cifar
            : SegmentationReader.Fits(files) ? DataFormat.Segmentation
            : ImageFolderReader.Fits(files) ? DataFormat.Images
            : TableParts.Fits(files) ? TableParts.HasColumn(files, KeypointReader.ImageColumn) ? DataFormat.Keypoints : DataFormat.Csv
            : files.Paths.Any(file => file.EndsWith("training.csv", StringComparison.OrdinalIgnoreCase)) ? DataFormat.Keypoints
            : throw new DataException("SC3000", $"'{DisplayText.Shorten(path)}' holds nothing that this release recognises; name its layout with data.format.");
    }

    /// <summary>Tells whether a source is a folder or an archive.</summary>
    public static bool IsTree(string path) => Directory.Exists(path) || Archives.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
