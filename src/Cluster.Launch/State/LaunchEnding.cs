using System.Diagnostics;
using System.Runtime.InteropServices;
using SearchCluster.Hosting.State;

namespace SearchCluster.Launch.State;

/// <summary>Ends a launch from outside.</summary>
public static class LaunchEnding
{
    private const int Terminate = 15;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks the launcher of a folder to end, and waits until it has.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="launch">What runs there.</param>
    /// <param name="now">True to end all processes at once, without checkpoints.</param>
    /// <param name="clock">Measures the waits.</param>
    /// <param name="cancellation">Gives up waiting; the launch ends all the same.</param>
    /// <exception cref="LaunchException">Its process belongs to somebody else.</exception>
    public static async Task EndAsync(
        StateFolder state, LaunchFile launch, bool now, TimeProvider clock, CancellationToken cancellation)
    {
        Signal(launch.Pid);
        if (now)
        {
            // The second one ends everything at once.
            await Task.Delay(BetweenLooks, clock, cancellation);
            if (LaunchLock.IsHeld(state))
            {
                Signal(launch.Pid);
            }
        }

        while (LaunchLock.IsHeld(state))
        {
            await Task.Delay(BetweenLooks, clock, cancellation);
        }
    }

    private static void Signal(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            // There is no such signal; its processes end in order when they lose their launcher.
            using var process = Find(pid);
            process?.Kill();
            return;
        }

        if (Kill(pid, Terminate) != 0 && Marshal.GetLastPInvokeError() == NotPermitted)
        {
            throw new LaunchException($"Process {pid} belongs to another user and cannot be ended by this one.");
        }
    }

    private const int NotPermitted = 1;

    private static Process? Find(int pid)
    {
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
