using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace SearchCluster.Models.Checkpoints;

/// <summary>Names common file formats by their first bytes, for messages.</summary>
internal static class FileFormats
{
    private static readonly SearchValues<byte> InNumbers = SearchValues.Create("0123456789 \t\r\n"u8);

    private const string Unknown = "nothing known";
    private const string Pickle = "a Python pickle";
    private const string Zip = "a zip archive, perhaps a PyTorch .pt file";

    public static bool IsKnown(ReadOnlySpan<byte> file) => Recognise(file) != Unknown;

    public static string Recognise(ReadOnlySpan<byte> file) => Binary(file) ?? file switch
    {
        [_, _, _, _, _, _, 0, 0, (byte)'{', ..] => "a plain safetensors file",
        [(byte)'{' or (byte)'[', ..] => "JSON text",
        _ when file.Length >= 8 && Ascii.IsValid(file[..8]) => "text",
        _ => Unknown,
    };

    /// <summary>Names a format that is neither text nor safetensors.</summary>
    /// <returns>Null where the first bytes are not those of one that is known here.</returns>
    public static string? Binary(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => Zip,
        [0x80, 2 or 3 or 4 or 5, (byte)'}' or (byte)'c' or (byte)']' or (byte)'(' or 0x8A or 0x95, ..] => Pickle,
        [0x1F, 0x8B, ..] => "a gzip file",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "a NumPy array",
        [(byte)'A', (byte)'R', (byte)'R', (byte)'O', (byte)'W', (byte)'1', ..] => "an Arrow or Feather file",
        [(byte)'O', (byte)'b', (byte)'j', 1, ..] => "an Avro file",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Excel workbook",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "a 7-Zip archive",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "an xz file",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => "a bzip2 file",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "a Zstandard file",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7, ..] => "a RAR archive",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "a PDF document",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "a Parquet file",
        [(byte)'F', (byte)'E', (byte)'A', (byte)'1', ..] => "a Feather file",
        _ when file.StartsWith("SQLite format 3\0"u8) => "an SQLite database",
        _ when file.StartsWith("MATLAB 5.0 MAT-file"u8) => "a MATLAB file",
        _ => Picture(file) ?? UnreadPicture(file),
    };

    /// <summary>Names a picture of a format that is read as an image.</summary>
    public static string? Picture(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG image",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "a GIF image",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP image",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => "a BMP image",

        // Zeros in the place of the first directory are those of a length in eight bytes, with which safetensors begins.
        [(byte)'I', (byte)'I', 42 or 43, 0, 0, 0, 0, 0, ..] => null,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF image",
        _ => null,
    };

    /// <summary>Names a text that a picture or a download may turn out to be.</summary>
    public static string? Markup(ReadOnlySpan<byte> file) =>
        file is [(byte)'<', (byte)'s' or (byte)'h' or (byte)'H' or (byte)'?' or (byte)'!', ..]
            ? "a text in XML, perhaps SVG or HTML"
            : null;

    /// <summary>Names a picture of a format that is not read.</summary>
    public static string? UnreadPicture(ReadOnlySpan<byte> file) => file switch
    {
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "an AVIF image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', ..] => "a HEIC image",
        [0, 0, 0, 12, (byte)'j', (byte)'P', ..] => "a JPEG 2000 image",

        [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (byte)'\n' or (byte)'\r', ..] when IsNetpbm(file) => "a Netpbm image",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
        _ => null,
    };

    // The first row of a table may begin so, too: pictures written as text hold numbers and comments only, the others bytes that are
    // no text, also where the last character is cut.
    private static bool IsNetpbm(ReadOnlySpan<byte> file) => file[1] <= (byte)'3'
        ? file is [_, _, _, (byte)'#', ..] || !file[2..].ContainsAnyExcept(InNumbers)
        : file.Contains((byte)0)
            || !(Utf8.IsValid(file) || Utf8.IsValid(file[..^1]) || Utf8.IsValid(file[..^2]) || Utf8.IsValid(file[..^3]));

    /// <summary>How weights in a format that is not opened become a file that is.</summary>
    public static string HowToWeights(string format) => format is Pickle or Zip
        ? "Such files can run code when they are opened, so they are not; in Python: safetensors.torch.save_file(torch.load(\"model.pt\", "
            + "weights_only=True), \"model.safetensors\")"
        : "Save the weights as safetensors, in Python with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")";
}
