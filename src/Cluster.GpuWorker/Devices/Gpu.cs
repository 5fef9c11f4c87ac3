using System.Globalization;

namespace SearchCluster.GpuWorker.Devices;

/// <summary>A GPU as the driver's tool lists it.</summary>
/// <param name="Index">Its number, in the order of the PCI bus.</param>
/// <param name="Uuid">Its permanent identifier.</param>
/// <param name="Name">Its model.</param>
/// <param name="MemoryBytes">Its memory; 0 when the tool does not tell.</param>
public sealed record Gpu(int Index, string Uuid, string Name, long MemoryBytes)
{
    /// <summary>Columns that <see cref="Parse"/> expects.</summary>
    internal const string QueryColumns = "index,uuid,name,memory.total";

    /// <summary>Reads the tool's answer: one line for each GPU, comma-separated, memory in MiB; other lines are skipped.</summary>
    internal static IReadOnlyList<Gpu> Parse(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ParseLine).OfType<Gpu>()];

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

    private static Gpu? ParseLine(string line)
    {
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length != 4 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        var mebibytes = long.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new Gpu(index, cells[1], cells[2], mebibytes << 20);
    }

    private bool IsNamedBy(string entry) =>
        int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index == Index
            : entry.Length > 4 && Uuid.StartsWith(entry, StringComparison.OrdinalIgnoreCase);
}
