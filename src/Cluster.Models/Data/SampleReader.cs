using System.IO.Compression;
using System.Reflection;

namespace SearchCluster.Models.Data;

/// <summary>Reads the data that a spec names: an embedded data set, or a file or folder on this machine.</summary>
internal static class SampleReader
{
    private const string Digits = "digits";

    public static Samples Read(DataSpec spec)
    {
        var format = spec.Source == Digits ? DataFormat.Csv : spec.Format ?? DataFormats.Recognise(spec.Source);
        return format switch
        {
            DataFormat.Csv => ReadTable(spec),
            DataFormat.Idx => IdxReader.Read(spec),
            _ => throw new DataException("SC3000", $"Data in format {format} are not read by this release."),
        };
    }

    /// <summary>Length and time of the file or of the folder's files, so that changed data are loaded again; null for an embedded data set.</summary>
    public static FileStamp? Stamp(DataSpec spec) => spec.Source == Digits ? null : FileStamp.Of(spec.Source);

    private static Samples ReadTable(DataSpec spec)
    {
        var name = spec.Source == Digits ? Digits : Path.GetFileName(spec.Source);
        var content = spec.Source == Digits ? ReadDigits() : DataFiles.Read(spec.Source, CsvBytes.MaximumFileBytes);
        DataFiles.CheckHash(name, content, spec.Sha256);
        using var stream = new MemoryStream(content, writable: false);
        var table = CsvTable.Read(stream, name);
        if (spec.Table?.Answer == TargetKind.Numbers)
        {
            return new NumberSamples(NumberRows.From(table, spec.Target, spec.Limit));
        }

        var rows = LabelledRows.From(table, spec.Target, spec.Limit);
        return spec.Images is { Width: not null, Height: not null } images ? PixelRows.ToImages(rows, images) : new TableSamples(rows);
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
