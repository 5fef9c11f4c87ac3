using System.IO.Compression;
using System.Reflection;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Data;

/// <summary>Reads the data that a spec names: an embedded data set, or a file or folder on this machine.</summary>
internal static class SampleReader
{
    private const string Digits = "digits";

    /// <summary>Reads data.</summary>
    /// <param name="spec">What and how.</param>
    /// <param name="seed">Master seed of the search, which decides the rows that a limit leaves.</param>
    public static Samples Read(DataSpec spec, ulong seed = 0) =>
        ReadFor(new DataRequest(spec, FilesOf(spec, new ReadRecord()), RowLimit.Of(spec, seed)));

    /// <summary>Reads data for a purpose.</summary>
    public static Samples ReadFor(DataRequest request) => request.Files.Explain(() => ReadFiles(request));

    private static Samples ReadFiles(DataRequest request)
    {
        var (spec, files) = (request.Spec, request.Files);
        var format = FormatOf(spec, files);
        CheckHash(spec, files, format);
        if (spec.Split.GroupBy is not null && format is not (DataFormat.Csv or DataFormat.Images or DataFormat.Segmentation))
        {
            throw new DataException(
                DataCodes.NoGroup,
                $"'{DisplayText.ShortenPath(spec.Source)}' is read as {format.ToString().ToLowerInvariant()}, whose rows have no groups; "
                    + $"remove data.split.groupBy.");
        }

        // These readers do not keep which rows were drawn, so that the numbers would be those of other rows than were named.
        if (spec is { Limit: not null, Split.TrainRows: not null } && format is DataFormat.Idx or DataFormat.Cifar or DataFormat.Keypoints)
        {
            throw new DataException(DataCodes.Split,
                $"'{DisplayText.ShortenPath(spec.Source)}': data.limit draws rows, but data.split names "
                + "them by their numbers; remove data.limit, or give shares.");
        }

        var samples = Read(request, format);
        if (samples is ImageSamples images)
        {
            images.FittedBy = spec.Images?.Fit;
        }

        samples.Identity = files.Record?.ToIdentity(spec.Source, files.IsFile, samples.Rows);
        samples.Notes = [.. files.Notes, .. samples.Notes];
        return samples;
    }

    private static Samples Read(DataRequest request, DataFormat format) => format switch
    {
        DataFormat.Idx => IdxReader.Read(request),
        DataFormat.Keypoints => KeypointReader.Read(request),
        DataFormat.Text => TextSamples.Read(request),
        DataFormat.Series => SeriesSamples.Read(request.Spec, OpenTable(request)),
        DataFormat.Csv => ReadTable(request),
        DataFormat.Cifar => CifarReader.Read(Tree(request)),
        DataFormat.Segmentation => SegmentationReader.Read(Tree(request)),
        _ => ImageFolderReader.Read(Tree(request)),
    };

    /// <summary>The layout of the data, given or recognised.</summary>
    /// <exception cref="DataException">SC3000: nothing known is there.</exception>
    public static DataFormat FormatOf(DataSpec spec, FileTree? files = null)
    {
        if (spec.Source == Digits || spec.Format is not null)
        {
            return spec.Format ?? DataFormat.Csv;
        }

        var found = files ?? FilesOf(spec);
        return found.Explain(() => DataFormats.Recognise(spec.Source, found));
    }

    /// <summary>The files of a source; those of an embedded data set are in memory.</summary>
    public static FileTree FilesOf(DataSpec spec, ReadRecord? record = null) =>
        spec.Source == Digits ? FileTree.Of(Digits, ReadDigits()) : FileTree.Open(spec.Source, record: record);

    // Of one file the readers of tables and texts check the hash of the bytes that they read.
    private static void CheckHash(DataSpec spec, FileTree files, DataFormat format)
    {
        if (spec.Sha256 is null || (files.IsFile && format is DataFormat.Csv or DataFormat.Series or DataFormat.Text))
        {
            return;
        }

        var actual = ManifestReading.Read(spec.Source, null, CancellationToken.None).HashOf(Directory.Exists(spec.Source));
        if (actual != spec.Sha256)
        {
            throw new DataException(
                DataCodes.OtherBytes,
                $"{DisplayText.ShortenPath(spec.Source)} has SHA-256 {actual}, but the spec asks for {spec.Sha256}; use the right data or "
                    + $"correct data.sha256.");
        }
    }

    private static DataRequest Tree(DataRequest request) => !request.Files.IsFile ? request
        : throw new DataException(
            DataCodes.NotTheLayout,
            $"'{DisplayText.ShortenPath(request.Spec.Source)}' is neither a folder nor an archive (.zip, .tar, .tar.gz).");

    /// <summary>Length and time of the file or of the folder's files, so that changed data are loaded again;
    /// null for an embedded data set.</summary>
    public static FileStamp? Stamp(DataSpec spec) => spec.Source == Digits ? null : FileStamp.Of(spec.Source);

    private static Samples ReadTable(DataRequest request)
    {
        var spec = request.Spec;
        var rows = TableRows.From(OpenTable(request), spec.Target, spec.Table, request.Limit, spec.Split.GroupBy);
        return spec.Images is { Width: not null, Height: not null } images
            ? PixelRows.ToImages(rows, images)
            : new TableSamples(rows, spec.Table) { Numbers = rows.Numbers, FileRows = rows.FileRows };
    }

    public static CsvTable OpenTable(DataSpec spec) => OpenTable(new DataRequest(spec, FilesOf(spec)));

    public static CsvTable OpenTable(DataRequest request) =>
        TableParts.Read(request.Files.Checked(request.Spec.Sha256), request.Spec.Table);

    private static byte[] ReadDigits()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("digits.csv.gz")!;
        using var unpacked = new GZipStream(resource, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return memory.ToArray();
    }
}
