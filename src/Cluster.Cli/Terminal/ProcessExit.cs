using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SearchCluster.Cli.Terminal;

/// <summary>Ends this process without waiting for anything in it.</summary>
internal static class ProcessExit
{
    /// <summary>Ends it; on Windows with another code.</summary>
    /// <param name="exitCode">What its parent is told, 0 to 255.</param>
    public static void AtOnce(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
        else
        {
            Exit(exitCode);
        }
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int status);
}
