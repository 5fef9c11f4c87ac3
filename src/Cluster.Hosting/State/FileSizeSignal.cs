using System.Runtime.InteropServices;

namespace SearchCluster.Hosting.State;

/// <summary>Keeps a process alive that writes past the largest file it may write (<c>ulimit -f</c>): the write
/// fails instead, and is told in words.</summary>
public static class FileSizeSignal
{
    // SIGXFSZ of Linux and macOS; unhandled it ends the process without a word.
    private const int Number = 25;

    /// <summary>Takes the signal from here on.</summary>
    /// <returns>Ends it when disposed; null where there is no such signal.</returns>
    public static IDisposable? Take() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create((PosixSignal)Number, context => context.Cancel = true);
}
