using System.Globalization;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>A GPU as the driver's tool lists it, or a part of one that is partitioned (MIG).</summary>
/// <param name="Index">Its number, in the order of the PCI bus; a part has that of its GPU.</param>
/// <param name="Uuid">Its permanent identifier.</param>
/// <param name="Name">Its model.</param>
/// <param name="MemoryBytes">Its memory; 0 when the tool does not tell.</param>
/// <param name="Part">Number of the part among those of its GPU; null for a whole GPU.</param>
public sealed record Gpu(int Index, string Uuid, string Name, long MemoryBytes, int? Part = null)
{
    /// <summary>Columns that <see cref="Parse"/> expects.</summary>
    internal const string QueryColumns = "index,uuid,name,memory.total";

    /// <summary>One more, which drivers before release 450 do not know.</summary>
    internal const string PartitionColumn = "mig.mode.current";

    private const string IsPartitioned = "Enabled";

    /// <summary>Part of a worker's default name: <c>cuda0</c>, or <c>cuda0mig1</c> for a part.</summary>
    public string ShortName => Part is { } part
        ? string.Create(CultureInfo.InvariantCulture, $"cuda{Index}mig{part}")
        : string.Create(CultureInfo.InvariantCulture, $"cuda{Index}");

    /// <summary>Reads the tool's answer: one line for each GPU, comma-separated, memory in MiB; other lines are skipped.</summary>
    /// <param name="output">The answer.</param>
    /// <param name="parts">Asked for the parts of all GPUs where one is partitioned: CUDA sees its parts only.</param>
    internal static IReadOnlyList<Gpu> Parse(string output, Func<IReadOnlyList<Gpu>>? parts = null)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Select(cells => (Gpu: ParseLine(cells), IsPartitioned: cells is [_, _, _, _, IsPartitioned]))
            .Where(line => line.Gpu is not null)
            .ToList();
        var all = parts is not null && lines.Exists(line => line.IsPartitioned) ? parts() : [];
        return [.. lines.SelectMany(line => line.IsPartitioned ? all.Where(part => part.Index == line.Gpu!.Index) : [line.Gpu!])];
    }

    /// <summary>The GPUs that <c>CUDA_VISIBLE_DEVICES</c> leaves, in its order; like CUDA it stops at the first
    /// entry that names none.</summary>
    /// <param name="all">All GPUs of the machine.</param>
    /// <param name="visible">The variable: null for all; empty for none; else numbers or beginnings of identifiers.</param>
    internal static IReadOnlyList<Gpu> Visible(IReadOnlyList<Gpu> all, string? visible)
    {
        if (visible is null)
        {
            return all;
        }

        var chosen = visible.Split(',', StringSplitOptions.TrimEntries)
            .Select(entry => all.FirstOrDefault(gpu => gpu.IsNamedBy(entry)))
            .TakeWhile(gpu => gpu is not null);
        return [.. chosen.OfType<Gpu>()];
    }

    private static Gpu? ParseLine(string[] cells)
    {
        if (cells.Length is not (4 or 5) || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        var mebibytes = long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new Gpu(index, cells[1], cells[2], mebibytes << 20);
    }

    /// <summary>Tells whether a number or the beginning of an identifier names this GPU.</summary>
    public bool IsNamedBy(string entry) =>
        int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index == Index
            : entry.Length > 4 && Uuid.StartsWith(entry, StringComparison.OrdinalIgnoreCase);
}
