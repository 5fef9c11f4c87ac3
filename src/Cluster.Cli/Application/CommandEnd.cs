using SearchCluster.Cli.Terminal;

namespace SearchCluster.Cli.Application;

/// <summary>Ends the process when its command has ended: neither threads that a workload began nor ones that it did not come back from
/// may keep it.</summary>
/// <param name="exitCode">What the caller is told.</param>
/// <param name="isInUse">True where code still runs that was left behind: what a library takes down at an end in order must not be
/// taken from under it, since that would crash, and tell another exit code.</param>
internal sealed class CommandEnd(int exitCode, bool isInUse)
{
    /// <summary>Ends it.</summary>
    /// <returns>The exit code, for whoever comes that far.</returns>
    public int End()
    {
        if (isInUse && !OperatingSystem.IsWindows())
        {
            ProcessExit.AtOnce(exitCode);
        }

#pragma warning disable RS0030 // A process that returns waits for threads that a workload has begun.
        Environment.Exit(exitCode);
#pragma warning restore RS0030
        return exitCode;
    }
}
