using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Tables;

namespace SearchCluster.Models.Data;

/// <summary>Tells the layout of data from names.</summary>
internal static class DataFormats
{
    private const int MostLookedAt = 20;

    private static readonly string[] TrainTables = [
        "train.csv",
        "train.tsv",
        "train.csv.gz",
        "train.tsv.gz",
        "training.csv",
        "training.csv.gz",
    ];

    /// <summary>Recognises the layout of a file, folder or archive.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="files">What is there.</param>
    /// <param name="isForModel">True where a model answers them, which needs no training part.</param>
    /// <exception cref="DataException">SC3000: nothing known is there; SC3302: two layouts are.</exception>
    public static DataFormat Recognise(string path, FileTree files, bool isForModel = false)
    {
        // A file that is missing is told by whoever opens it.
        RefuseAlone(path, files);
        var tables = files.IsFile ? null : isForModel ? TableFiles.ToAnswer(files) : TableFiles.ToTrain(files);
        return files.IsFile ? TableFiles.IsText(path) ? DataFormat.Text : DataFormat.Csv
            : IdxFiles.Find(files) is not null ? DataFormat.Idx
            : CifarReader.Fits(files) ? DataFormat.Cifar
            : SegmentationReader.Fits(files) ? DataFormat.Segmentation
            : ImageFolderReader.Fits(files) ? isForModel ? DataFormat.Images : RequireNoTable(path, files)
            : tables is { HaveParts: true } ? OfTable(files, tables)
            : files.Paths.Any(isForModel ? ImageFormats.IsAnswered : ImageFormats.IsImage) ? DataFormat.Images
            : tables is not null ? OfTable(files, tables)
            : throw Unknown(path, files, isForModel);
    }

    // A picture or an IDX file alone is no data set, whatever its name says.
    private static void RefuseAlone(string path, FileTree files)
    {
        if (ImageRows.KindOf(files) is { Sort: FileSort.Picture or FileSort.UnreadPicture or FileSort.Idx } kind)
        {
            throw new DataException(
                DataCodes.NotTheLayout,
                $"'{DisplayText.ShortenPath(path)}' is {kind.Name}; "
                    + $"{(kind.Sort == FileSort.Idx ? FileKind.WithLabels : ImageFolderReader.Needed)}.");
        }
    }

    private static DataFormat OfTable(FileTree files, TableFiles tables) =>
        tables.Tables[0].Path is var path && TableParts.HasColumn(files, path, KeypointReader.ImageColumn) ? DataFormat.Keypoints
        : !tables.HaveParts && TableFiles.IsText(path) ? DataFormat.Text
        : DataFormat.Csv;

    private static DataException Unknown(string path, FileTree files, bool isForModel) =>
        files.Paths.Any(file => TableFiles.IsTable(file) || TableFiles.IsText(file))
            ? TableFiles.Refuse(files)
            : new(DataCodes.NotTheLayout, string.Join(' ',
            [
                isForModel
                    ? $"'{DisplayText.ShortenPath(path)}' holds neither images nor a table."
                    : $"'{DisplayText.ShortenPath(path)}' holds nothing that this release recognises; name its layout with data.format.",
                .. ImageFormats.Others(files.Name, files.Paths),
                .. Hints(files, isForModel),
            ]));

    // What some files are by their bytes says what is missing or in the way.
    private static IEnumerable<string> Hints(FileTree files, bool isForModel) => files.Paths.Take(MostLookedAt)
        .Select(path => (Path: path, Kind: FileKind.Of(files.Head(path))))
        .Select(file => file.Kind switch
        {
            { HasIdxImages: true } several when isForModel =>
                $"{DisplayText.ShortenPath(file.Path)} is {several.Name}; name one such file to have it answered.",
            { Sort: FileSort.Idx } idx => $"{DisplayText.ShortenPath(file.Path)} is {idx.Name}; {FileKind.WithLabels}.",
            { Sort: FileSort.Picture, IsPacked: true } packed =>
                $"{DisplayText.ShortenPath(file.Path)} is {packed.Name}, but images are read as they are; {FileKind.Unpack}.",
            { Sort: FileSort.Picture } named =>
                $"{DisplayText.ShortenPath(file.Path)} is {named.Name}; give images their ending ({ImageFormats.Names}).",
            _ => "",
        })
        .Where(hint => hint.Length > 0)
        .Take(1);

    // Pictures beside tables, or labels in a table beside pictures: which of them are the data is not to be guessed.
    private static DataFormat RequireNoTable(string path, FileTree files) =>
        files.Paths.FirstOrDefault(file => TrainTables.Contains(file, StringComparer.OrdinalIgnoreCase)) is { } table
            ? throw new DataException(
                DataCodes.AmbiguousFolders,
                $"'{DisplayText.ShortenPath(path)}' holds the table {DisplayText.ShortenPath(table)} as well as folders of images; say "
                    + $"which are the data with data.format: csv, or data.format: images, whose classes are the folders.")
            : DataFormat.Images;
}
