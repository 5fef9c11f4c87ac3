using System.Globalization;

namespace SearchCluster.Launch.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">What it returned; 128 and the signal's number where a signal ended it.</param>
/// <param name="Lived">How long it lived.</param>
/// <param name="LastLines">The last lines that it printed, oldest first, at most <see cref="RecentLines.Limit"/>.</param>
public sealed record ProcessEnd(int ExitCode, TimeSpan Lived, IReadOnlyList<string> LastLines)
{
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
    };

    /// <summary>The signal that ended it; null where it ended by itself.</summary>
    /// <remarks>A program may return such a number itself; shells do not tell the two apart either.</remarks>
    public int? Signal => !OperatingSystem.IsWindows() && ExitCode > SignalBase && Names.ContainsKey(ExitCode - SignalBase)
        ? ExitCode - SignalBase
        : null;

    /// <summary>Says how, as the end of a sentence: <c>was ended by signal 9 (SIGKILL) after 12 s</c>.</summary>
    public string Describe()
    {
        var how = Signal is { } signal
            ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {signal} ({Names[signal]})")
            : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {ExitCode}");
        return $"{how} after {Durations.Of(Lived < TimeSpan.Zero ? TimeSpan.Zero : Lived)}";
    }
}
