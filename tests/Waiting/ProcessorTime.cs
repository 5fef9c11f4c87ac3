using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SearchCluster.Waiting;

/// <summary>What work costs, for tests of speed: the time that this thread computed, without the time that
/// other work kept it waiting.</summary>
internal static class ProcessorTime
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int OfThread = 3;

    /// <summary>Does work on this thread and measures it; where a thread's time cannot be read, by the clock on the wall.</summary>
    public static TimeSpan Of(Action work)
    {
        if (!OperatingSystem.IsLinux())
        {
            var watch = Stopwatch.StartNew();
            work();
            return watch.Elapsed;
        }

        var before = Read();
        work();
        return Read() - before;
    }

    private static TimeSpan Read() => GetTime(OfThread, out var time) == 0
        ? TimeSpan.FromSeconds((long)time.Seconds) + TimeSpan.FromMicroseconds((long)time.Nanoseconds / 1_000)
        : throw new InvalidOperationException($"The time of the thread cannot be read: errno {Marshal.GetLastPInvokeError()}.");

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
