using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>POSIX signals; <see cref="Process"/> itself can only send SIGKILL.</summary>
internal static class Signals
{
    // Numbers of Linux on x64 and arm64.
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    public static bool AreAvailable => OperatingSystem.IsLinux();

    public static void SendInterrupt(Process process) => Send(process, Interrupt);

    public static void SendTerminate(Process process) => Send(process, Terminate);

    public static void SendStop(Process process) => Send(process, Stop);

    public static void SendContinue(Process process) => Send(process, Continue);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new InvalidOperationException(
                $"Signal {signal} did not reach process {process.Id}: errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
