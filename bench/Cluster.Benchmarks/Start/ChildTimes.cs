using System.Runtime.InteropServices;

namespace SearchCluster.Benchmarks.Start;

/// <summary>The processor time of all processes that this one started and that have ended.</summary>
/// <remarks>To the microsecond; <c>/proc</c> counts in hundredths of a second.</remarks>
internal static class ChildTimes
{
    private const int Children = -1;
    private const int Numbers = 18;

    public static TimeSpan Now
    {
        get
        {
            // Seconds and microseconds of user and system come first.
            var usage = new long[Numbers];
            return GetUsage(Children, usage) == 0
                ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
                : throw new PlatformNotSupportedException("The times of ended processes are known on 64-bit Linux only.");
        }
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
