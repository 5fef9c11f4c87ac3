using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a shared library and marks one of the symbol versions it needs as weak, so that the loader no longer refuses the
/// file on a system whose library lacks that version.
/// </summary>
/// <remarks>
/// The section of type SHT_GNU_verneed is a chain of Verneed records, one per needed library, each with a chain of Vernaux
/// records, one per version; both chains link by byte offsets relative to the record itself. Layout: ELF-64 object file format
/// and the Linux Standard Base, "Symbol Version Requirements".
/// </remarks>
public sealed class WeakenVersionNeed : Task
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const byte WeakFlag = 0x2;

    [Required]
    public string Source { get; set; } = "";

    [Required]
    public string Destination { get; set; } = "";

    [Required]
    public string Version { get; set; } = "";

    public override bool Execute()
    {
        var image = File.ReadAllBytes(Source);
        if (!IsLittleEndianElf64(image))
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file; TorchSharp's package has changed.", Source);
            return false;
        }

        var weakened = WeakenAll(image);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));

        // The destination may be hard-linked into an output folder of a running program: replace it, never write into it.
        var temporary = Destination + ".tmp";
        File.WriteAllBytes(temporary, image);
        File.Delete(Destination);
        File.Move(temporary, Destination);
        Log.LogMessage(MessageImportance.Low, "Made {0} need(s) of {1} weak in {2}.", weakened, Version, Destination);
        return true;
    }

    private static bool IsLittleEndianElf64(byte[] image) =>
        image.Length > 64 && image[0] == 0x7f && image[1] == 'E' && image[2] == 'L' && image[3] == 'F' && image[4] == 2 && image[5] == 1;

    private int WeakenAll(byte[] image)
    {
        var headers = BitConverter.ToInt64(image, 0x28);
        var headerSize = BitConverter.ToUInt16(image, 0x3a);
        var headerCount = BitConverter.ToUInt16(image, 0x3c);
        var weakened = 0;

        for (var index = 0; index < headerCount; index++)
        {
            var header = checked((int)(headers + index * headerSize));
            if (BitConverter.ToUInt32(image, header + 4) == VersionNeedSection)
            {
                var names = checked((int)(headers + BitConverter.ToUInt32(image, header + 0x28) * headerSize));
                weakened += WeakenSection(image, Offset(image, header), Offset(image, names), BitConverter.ToUInt32(image, header + 0x2c));
            }
        }

        return weakened;
    }

    private static int Offset(byte[] image, int sectionHeader) => checked((int)BitConverter.ToInt64(image, sectionHeader + 0x18));

    private int WeakenSection(byte[] image, int need, int names, uint needCount)
    {
        var weakened = 0;
        for (var n = 0; n < needCount; n++)
        {
            var versionCount = BitConverter.ToUInt16(image, need + 2);
            var version = need + BitConverter.ToInt32(image, need + 8);
            for (var v = 0; v < versionCount; v++)
            {
                if (NameAt(image, names + BitConverter.ToInt32(image, version + 8)) == Version)
                {
                    image[version + 4] |= WeakFlag;
                    weakened++;
                }

                version += BitConverter.ToInt32(image, version + 12);
            }

            need += BitConverter.ToInt32(image, need + 12);
        }

        return weakened;
    }

    private static string NameAt(byte[] image, int start) =>
        Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start);
}
