using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data;

/// <summary>What a person gives a model: a file, plain or gzipped, a folder, an archive, or the bytes of a pipe. What is read from it does
/// not depend on which of them it is.</summary>
public sealed class DataInput
{
    private readonly FileTree _files;

    private readonly DataFormat? _format;

    private DataInput(FileTree files, string source, DataFormat? format = null) => (_files, Source, _format) = (files, source, format);

    /// <summary>What messages call it.</summary>
    public string Source { get; }

    /// <summary>What was left out when it was opened, a sentence each.</summary>
    public ValueArray<string> Notes => _files.Notes;

    /// <summary>True where it holds a table and no images.</summary>
    public bool HoldsTable => ImageRows.HoldsTable(_files);

    internal FileTree Files => _files;

    /// <summary>Opens a file, a folder or an archive.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="title">How a person named it, for messages; null for its name.</param>
    /// <param name="format">Its layout, where somebody said it; null to recognise it.</param>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3122, SC3123: an archive is damaged or too large.</exception>
    public static DataInput Open(string path, string? title = null, DataFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(FileTree.Open(path, title), title ?? path, format);
    }

    /// <summary>Takes bytes that came through a pipe.</summary>
    /// <param name="name">Name of a file of them.</param>
    /// <param name="content">The bytes: an archive is told by them, as is a gzip.</param>
    /// <param name="title">What messages call it; null for the name.</param>
    /// <exception cref="DataException">SC3122, SC3123: an archive is damaged or too large.</exception>
    public static DataInput Of(string name, byte[] content, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new(FileTree.Of(name, content, title), title ?? name);
    }

    /// <summary>Opens the data set that ships with the program.</summary>
    public static DataInput Embedded(string name) => new(SampleReader.FilesOf(new(name, null, new())), name);

    /// <summary>Reads a table, or the tables of parts behind each other, as the one was read that a model learned from.</summary>
    /// <param name="learned">How that one was read; null where the model does not know.</param>
    /// <param name="said">What somebody said of how this one is written otherwise; null for nothing.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="DataException">There is no table, or it breaks a rule.</exception>
    public CsvTable Table(TableReading? learned, TableSpec? said = null) => !ImageRows.HoldsImages(_files)
        ? TableParts.Read(_files, learned, said)
        : throw new DataException(
            ModelCodes.OtherData,
            $"{DisplayText.ShortenPath(Source)} {(ImageRows.KindOf(_files) is { } kind ? $"is {kind.Name}" : "would be read as images")}, "
                + $"but the model takes rows of a table; give a .csv file.");

    /// <summary>Reads a text.</summary>
    /// <returns>Its name for messages, and its characters.</returns>
    /// <exception cref="DataException">There is none, or several, or it is no UTF-8.</exception>
    public (string Name, string Text) Text() => TextFile.Read(_files);

    /// <summary>Reads images to predict.</summary>
    /// <param name="shape">What the model expects.</param>
    /// <param name="fit">How images of another size are fitted; null for an error.</param>
    /// <param name="learned">How a table was read that held the images that it learned from; null elsewhere.</param>
    /// <exception cref="DataException">They cannot be read, or have another size.</exception>
    public ImageRows Images(DataShape shape, ImageFit? fit, TableReading? learned = null) =>
        Images(shape, fit, learned, classes: null, ReadingPurpose.Predicting);

    /// <summary>Reads images with what they are: the class that a folder tells, the coordinates that a table
    /// tells, the targets beside them.</summary>
    /// <param name="shape">What the model expects.</param>
    /// <param name="fit">How images of another size are fitted; null for an error.</param>
    /// <param name="learned">How a table was read that held the images that it learned from; null elsewhere.</param>
    /// <returns>The images; those without an answer are left out, and told.</returns>
    /// <exception cref="DataException">They cannot be read, or have another size.</exception>
    public ImageRows ImagesWithAnswers(DataShape shape, ImageFit? fit, TableReading? learned = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Images(shape, fit, learned, shape.Target == TargetKind.Class && shape.ClassLabels.Count > 0
            ? shape.ClassLabels
            : null, ReadingPurpose.Evaluating);
    }

    private ImageRows Images(
        DataShape shape, ImageFit? fit, TableReading? learned, IReadOnlyCollection<string>? classes, ReadingPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ImageRows.RequireImages(Source, shape);
        var spec = new DataSpec(
            Source, null, new SplitSpec(), Format: _format, Table: new TableSpec { MissingTexts = learned?.MissingTexts });
        return ImageRows.Read(
            _files, shape, fit, classes, new(spec, _files, null, purpose) { Learned = learned, Targets = shape.TargetNames });
    }
}
