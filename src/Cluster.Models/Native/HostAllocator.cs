using System.Runtime.InteropServices;

namespace SearchCluster.Models.Native;

/// <summary>Keeps glibc from giving the memory of every large tensor back to the system as soon as it is freed.</summary>
/// <remarks>
/// By default each allocation of 32 MiB or more is a mapping of its own: the system clears all of its pages again and again, which took
/// most of the time of networks whose activations are that large (<c>docs/performance.md</c>). What the user has set by <c>MALLOC_…</c> or
/// <c>GLIBC_TUNABLES</c> stays. Other C libraries than glibc are left alone.
/// </remarks>
internal static unsafe class HostAllocator
{
    // From malloc.h.
    private const int TrimThreshold = -1, MappingMaximum = -4, ArenaMaximum = -8;

    // Freed memory at the end of the heap goes back to the system above this.
    private const int KeptBytes = 1 << 30;

    private static readonly string[] UserSettings = [
        "MALLOC_MMAP_THRESHOLD_",
        "MALLOC_MMAP_MAX_",
        "MALLOC_TRIM_THRESHOLD_",
        "MALLOC_ARENA_MAX",
        "GLIBC_TUNABLES",
    ];

    /// <summary>Configures the allocator of this process.</summary>
    public static void Configure()
    {
        if (OperatingSystem.IsLinux()
            && UserSettings.All(name => Environment.GetEnvironmentVariable(name) is null)
            && NativeLibrary.TryLoad("libc.so.6", out var library)
            && NativeLibrary.TryGetExport(library, "mallopt", out var address))
        {
            var set = (delegate* unmanaged<int, int, int>)address;
            _ = set(MappingMaximum, 0);
            _ = set(TrimThreshold, KeptBytes);

            // Blocks above 64 MiB fit into the first arena only; threads that start later share it.
            _ = set(ArenaMaximum, 1);
        }
    }
}
