using System.Globalization;
using System.Text.RegularExpressions;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>Reads the parts of partitioned GPUs (MIG) from <c>nvidia-smi -L</c>, the only list of them.</summary>
/// <remarks>
/// A GPU has a line <c>GPU 0: NAME (UUID: GPU-...)</c>, each of its parts one below, <c>MIG 3g.20gb Device 0: (UUID: MIG-...)</c>: the
/// name of a part is its profile, slices of computing and memory (NVIDIA, Multi-Instance GPU User Guide, "Device Enumeration").
/// </remarks>
internal static partial class GpuParts
{
    /// <summary>Reads the list; lines that are neither a GPU nor a part are skipped.</summary>
    /// <param name="output">What the tool printed.</param>
    public static IReadOnlyList<Gpu> Parse(string output)
    {
        var parts = new List<Gpu>();
        (int Index, string Name)? whole = null;
        foreach (var line in output.Split('\n'))
        {
            if (WholeLine().Match(line) is { Success: true } gpu)
            {
                whole = (Number(gpu.Groups["index"]), gpu.Groups["name"].Value);
            }
            else if (whole is { } owner && PartLine().Match(line) is { Success: true } part)
            {
                var gibibytes = Memory().Match(part.Groups["profile"].Value) is { Success: true } size ? Number(size.Groups["memory"]) : 0;
                parts.Add(new(
                    owner.Index,
                    part.Groups["uuid"].Value,
                    $"{owner.Name} MIG {part.Groups["profile"].Value}",
                    (long)gibibytes << 30,
                    Number(part.Groups["part"])));
            }
        }

        return parts;
    }

    private static int Number(Capture text) => int.Parse(text.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^GPU (?<index>\d{1,4}): (?<name>.+?) \(UUID: ")]
    private static partial Regex WholeLine();

    [GeneratedRegex(@"\.(?<memory>\d{1,5})gb")]
    private static partial Regex Memory();

    [GeneratedRegex(@"^\s+MIG (?<profile>\S+)\s+Device\s+(?<part>\d{1,4}): \(UUID: (?<uuid>MIG-[^)]+)\)")]
    private static partial Regex PartLine();
}
