using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SearchCluster.Hosting;

/// <summary>What a process does that a launcher started: it ends when its launcher does, however that dies.</summary>
/// <remarks>
/// The launcher holds the other end of the standard input and never writes. Its end is the end of the launcher, or its wish: the operating
/// system closes it also after <c>kill -9</c>, on every system, and no other process holds it. A session of its own keeps the Ctrl-C
/// and the hang-up of the launcher's terminal away: the launcher alone decides in which order its processes end.
/// </remarks>
public static class LauncherTie
{
    /// <summary>Set for processes that a launcher started.</summary>
    public const string Variable = "SEARCHCLUSTER_SUPERVISED";

    /// <summary>Begins each line of the log on the error stream of such a process, so that its launcher can tell it from what else is
    /// printed there: the record separator.</summary>
    public const char LogMark = '\u001e';

    // A process that was asked to end writes checkpoints within 30 s; what still lives then hangs.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(35);

    /// <summary>True where a launcher started this process.</summary>
    public static bool IsActive { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Leaves the launcher's terminal and waits for its end, on a thread of its own. Does nothing where no launcher started
    /// this process.</summary>
    /// <param name="end">Asks this process to end in order; called once.</param>
    public static void Begin(Action end)
    {
        ArgumentNullException.ThrowIfNull(end);
        if (!IsActive)
        {
            return;
        }

        LeaveTerminal();
        var input = Console.OpenStandardInput();
        new Thread(() => Watch(input, end)) { IsBackground = true, Name = "launcher-watch" }.Start();
    }

    /// <summary>Starts a session of its own: signals of the terminal no longer come here. Nothing happens where that cannot be.</summary>
    public static void LeaveTerminal()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = StartSession();
        }
    }

    private static void Watch(Stream input, Action end)
    {
        try
        {
            while (input.ReadByte() >= 0)
            {
                // Nothing is ever said; only the end counts.
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // A pipe that broke has ended, too.
        }

        end();
        using var never = new ManualResetEventSlim();
        never.Wait(EndLimit);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StartSession();
}
