using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace SearchCluster.Models.Data;

/// <summary>Finds the rows that a spec names: an embedded data set, or a CSV file on this machine.</summary>
internal static class DataFiles
{
    private const string Digits = "digits";

    public static LabelledRows Read(DataSpec spec)
    {
        if (spec.Source == Digits)
        {
            using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("digits.csv.gz")!;
            using var unpacked = new GZipStream(resource, CompressionMode.Decompress);
            using var memory = new MemoryStream();
            unpacked.CopyTo(memory);
            return Parse(spec, memory.ToArray(), Digits);
        }

        return Parse(spec, ReadFile(spec.Source), Path.GetFileName(spec.Source));
    }

    /// <summary>Length and time of the file, so that a changed file is loaded again; null for an embedded data set.</summary>
    public static FileStamp? Stamp(DataSpec spec) => spec.Source == Digits ? null : FileStamp.Of(spec.Source);

    private static LabelledRows Parse(DataSpec spec, byte[] content, string name)
    {
        if (spec.Sha256 is { } expected)
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData(content));
            if (actual != expected)
            {
                throw new DataException("SC1101", $"{name} has SHA-256 {actual}, but the spec asks for {expected}; use the right file or correct data.sha256.");
            }
        }

        using var stream = new MemoryStream(content, writable: false);
        return LabelledRows.From(CsvTable.Read(stream, name), spec.Target, spec.Limit);
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var before = FileStamp.Of(path);
            if (before.Length > CsvBytes.MaximumFileBytes)
            {
                throw new DataException("SC3011", $"{path} has {before.Length} bytes, but a CSV file may have {CsvBytes.MaximumFileBytes}.");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = CsvBytes.Read(stream, Path.GetFileName(path));
            return FileStamp.Of(path) == before && content.Length == before.Length
                ? content
                : throw new DataException("SC3012", $"{path} changed while it was read; start again when its writer is done.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException("SC3000", $"Data file '{DisplayText.Shorten(path)}' cannot be opened on this worker: {failure.Message}", failure);
        }
    }
}

/// <summary>Tells versions of a file apart.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">Time of the last change.</param>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new(file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
    }
}
