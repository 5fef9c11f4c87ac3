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
    public static Samples Read(DataSpec spec, ulong seed = 0)
    {
        if (spec.Source == Digits)
        {
            return ReadTable(spec, seed);
        }

        var files = FilesOf(spec);
        var format = spec.Format ?? DataFormats.Recognise(spec.Source, files);
        CheckHash(spec, format);
        if (spec.Split.GroupBy is not null && format is not (DataFormat.Csv or DataFormat.Images or DataFormat.Segmentation))
        {
            throw new DataException(DataCodes.NoGroup, $"'{DisplayText.Shorten(spec.Source)}' is read as {format.ToString().ToLowerInvariant()}, whose rows have no groups; remove data.split.groupBy.");
        }

        // These readers do not keep which rows were drawn, so that the numbers would be those of other rows than were named.
        if (spec is { Limit: not null, Split.TrainRows: not null } && format is DataFormat.Idx or DataFormat.Cifar or DataFormat.Keypoints)
        {
            throw new DataException(DataCodes.Split, $"'{DisplayText.Shorten(spec.Source)}': data.limit draws rows, but data.split names "
                + "them by their numbers; remove data.limit, or give shares.");
        }

        var samples = Read(spec, seed, files, format);
        samples.Notes = [.. files?.Notes ?? [], .. samples.Notes];
        return samples;
    }

    private static Samples Read(DataSpec spec, ulong seed, FileTree? files, DataFormat format)
    {
        var limit = RowLimit.Of(spec, seed);
        return format switch
        {
            DataFormat.Idx => IdxReader.Read(spec, limit),
            DataFormat.Keypoints => KeypointReader.Read(spec, limit),
            DataFormat.Text => TextSamples.Read(spec),
            DataFormat.Series when files is not null => throw new DataException(DataCodes.NotTheLayout, $"'{DisplayText.Shorten(spec.Source)}' is a folder or archive, but a series is one file; its parts are divided by time."),
            DataFormat.Series => SeriesSamples.Read(spec, OpenTable(spec)),
            DataFormat.Csv => ReadTable(spec, seed),
            DataFormat.Cifar => CifarReader.Read(spec, Tree(spec, files), limit),
            DataFormat.Segmentation => SegmentationReader.Read(spec, Tree(spec, files), limit),
            _ => ImageFolderReader.Read(spec, Tree(spec, files), limit),
        };
    }

    /// <summary>The layout of the data, given or recognised.</summary>
    /// <exception cref="DataException">SC3000: nothing known is there.</exception>
    public static DataFormat FormatOf(DataSpec spec) => spec.Source == Digits ? DataFormat.Csv : spec.Format ?? DataFormats.Recognise(spec.Source, FilesOf(spec));

    private static FileTree? FilesOf(DataSpec spec) =>
        DataFormats.IsTree(spec.Source) && spec.Format is not (DataFormat.Idx or DataFormat.Keypoints) ? FileTree.Open(spec.Source) : null;

    // The readers of tables and texts check the hash of the bytes that they read.
    private static void CheckHash(DataSpec spec, DataFormat format)
    {
        if (spec.Sha256 is null || (!DataFormats.IsTree(spec.Source) && format is DataFormat.Csv or DataFormat.Series or DataFormat.Text))
        {
            return;
        }

        var actual = DataManifest.Of(spec.Source, null, CancellationToken.None).HashOf(Directory.Exists(spec.Source));
        if (actual != spec.Sha256)
        {
            throw new DataException(DataCodes.OtherBytes, $"{DisplayText.Shorten(spec.Source)} has SHA-256 {actual}, but the spec asks for {spec.Sha256}; use the right data or correct data.sha256.");
        }
    }

    private static FileTree Tree(DataSpec spec, FileTree? files) =>
        files ?? throw new DataException(DataCodes.NotTheLayout, $"'{DisplayText.Shorten(spec.Source)}' is neither a folder nor an archive (.zip, .tar, .tar.gz).");

    /// <summary>Length and time of the file or of the folder's files, so that changed data are loaded again; null for an embedded data set.</summary>
    public static FileStamp? Stamp(DataSpec spec) => spec.Source == Digits ? null : FileStamp.Of(spec.Source);

    private static Samples ReadTable(DataSpec spec, ulong seed)
    {
        var rows = TableRows.From(OpenTable(spec), spec.Target, spec.Table, RowLimit.Of(spec, seed), spec.Split.GroupBy);
        return spec.Images is { Width: not null, Height: not null } images ? PixelRows.ToImages(rows, images) : new TableSamples(rows,
            spec.Table) { Numbers = rows.Numbers, FileRows = rows.FileRows };
    }

    public static CsvTable OpenTable(DataSpec spec)
    {
        if (spec.Source != Digits && DataFormats.IsTree(spec.Source))
        {
            return TableParts.Read(FileTree.Open(spec.Source), spec.Table);
        }

        var name = spec.Source == Digits ? Digits : Path.GetFileName(spec.Source);
        var content = spec.Source == Digits ? ReadDigits() : DataFiles.Read(spec.Source, CsvBytes.MaximumFileBytes);
        DataFiles.CheckHash(name, content, spec.Sha256);
        using var stream = new MemoryStream(content, writable: false);
        return CsvTable.Read(stream, name, CsvOptions.Of(spec.Table));
    }

    private static byte[] ReadDigits()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("digits.csv.gz")!;
        using var unpacked = new GZipStream(resource, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return memory.ToArray();
    }
}
