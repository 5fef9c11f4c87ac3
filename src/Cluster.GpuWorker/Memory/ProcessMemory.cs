using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SearchCluster.GpuWorker.Memory;

/// <summary>Resident sets by <c>/proc</c>; where there is none, this process and the programs themselves,
/// without what those started.</summary>
/// <remarks>Pages that several processes share count for each of them, as in <c>ps</c> and <c>top</c>.</remarks>
internal sealed class ProcessMemory(string root = ProcessMemory.Proc) : IMemoryMeter
{
    private const string Proc = "/proc";

    // Fields of /proc/PID/stat after the name, which may hold blanks and brackets (proc(5)): state, parent, …, resident pages.
    private const int ParentField = 1, ResidentField = 21;

    public long AvailableBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public MemoryReading? Read(IReadOnlyCollection<int> programs)
    {
        if (!OperatingSystem.IsLinux())
        {
            var each = programs.ToDictionary(program => program, WorkingSetOf);
            return new(Environment.WorkingSet + each.Values.Sum(), each);
        }

        var processes = Table();
        var children = processes.ToLookup(process => process.Value.Parent, process => process.Key);
        return processes.ContainsKey(Environment.ProcessId)
            ? new(TreeOf(Environment.ProcessId), programs.ToDictionary(program => program, TreeOf))
            : null;

        // Read one after the other, so that a number that was given to a new process in between could close a circle.
        long TreeOf(int process)
        {
            var (left, seen, sum) = (new Queue<int>([process]), new HashSet<int>(), 0L);
            while (left.TryDequeue(out var next))
            {
                if (processes.TryGetValue(next, out var found) && seen.Add(next))
                {
                    sum += found.Bytes;
                    children[next].ToList().ForEach(left.Enqueue);
                }
            }

            return sum;
        }
    }

    public void Trim()
    {
        // Tensors that nobody released are by their finalizers, which run after the first collection.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = TrimHeap(0);
            }
            catch (EntryPointNotFoundException)
            {
                // Another C library than glibc gives back what it gives back.
            }
        }
    }

    private Dictionary<int, (int Parent, long Bytes)> Table()
    {
        var table = new Dictionary<int, (int Parent, long Bytes)>();
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(root))
            {
                if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                    && TryRead(folder) is { } entry)
                {
                    table[process] = entry;
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            table.Clear();
        }

        return table;
    }

    private static (int Parent, long Bytes)? TryRead(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > ResidentField
                && int.TryParse(fields[ParentField], CultureInfo.InvariantCulture, out var parent)
                && long.TryParse(fields[ResidentField], CultureInfo.InvariantCulture, out var pages)
                ? (parent, pages * Environment.SystemPageSize)
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended in this moment.
            return null;
        }
    }

    private static long WorkingSetOf(int program)
    {
        try
        {
            using var process = Process.GetProcessById(program);
            return process.WorkingSet64;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint pad);
}
