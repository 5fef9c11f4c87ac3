using System.Text;

namespace SearchCluster.Models.Checkpoints;

/// <summary>Names common file formats by their first bytes, for messages.</summary>
internal static class FileFormats
{
    private const string Unknown = "nothing known";

    public static bool IsKnown(ReadOnlySpan<byte> file) => Recognise(file) != Unknown;

    public static string Recognise(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive, perhaps a PyTorch .pt file",
        [0x80, 2 or 3 or 4 or 5, ..] => "a Python pickle",
        [0x1F, 0x8B, ..] => "a gzip file",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file",
        [_, _, _, _, _, _, 0, 0, (byte)'{', ..] => "a plain safetensors file",
        [(byte)'{' or (byte)'[', ..] => "JSON text",
        _ when file.Length >= 8 && Ascii.IsValid(file[..8]) => "text",
        _ => Unknown,
    };
}
