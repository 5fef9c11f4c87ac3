using System.ComponentModel;
using System.Diagnostics;
using SearchCluster.Hosting;

namespace SearchCluster.Launch.Processes;

/// <summary>A running process of a launch. Its standard input is the tie to this process, see <see cref="LauncherTie"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string ServiceManagerSocket = "NOTIFY_SOCKET";

    // Grandchildren may hold the pipes open after the end of the process.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly RecentLines _recent = new();

    private ChildProcess(Process process) => (_process, Id) = (process, process.Id);

    /// <summary>Number of the process.</summary>
    public int Id { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="plan">What to start.</param>
    /// <param name="former">How the process ended that it is started in place of; null for the first.</param>
    /// <exception cref="LaunchException">It cannot be started.</exception>
    public static ChildProcess Start(ProcessPlan plan, ProcessEnd? former)
    {
        var start = new ProcessStartInfo(plan.FileName, plan.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        // The service is ready when all of a launch is, which the launch tells: none of its processes.
        start.Environment[ServiceManagerSocket] = null;
        start.Environment[LauncherTie.Variable] = "1";
        start.Environment[FormerEnd.Variable] = former is null ? null : FormerEnd.Write(former.Describe(), former.LastLines);
        try
        {
            return new(Process.Start(start)!);
        }
        catch (Win32Exception refused)
        {
            throw new LaunchException($"{plan.FileName} cannot be started as {plan.Name}: {refused.Message}.", refused);
        }
    }

    /// <summary>Reads what the process prints until it ends. Called once; nothing is read before.</summary>
    /// <param name="lines">Called for each line, from any thread.</param>
    /// <param name="clock">Measures its life.</param>
    public async Task<ProcessEnd> FollowAsync(Action<OutputLine> lines, TimeProvider clock)
    {
        var start = clock.GetTimestamp();
        var output = LineReader.ReadAsync(_process.StandardOutput, text => lines(new(text, OutputKind.Data)));
        var error = LineReader.ReadAsync(_process.StandardError, text => lines(Take(text)));
        await _process.WaitForExitAsync(CancellationToken.None);
        var lived = clock.GetElapsedTime(start);
        await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(DrainLimit, clock));
        return new(_process.ExitCode, lived, _recent.Read());
    }

    /// <summary>Asks the process to end in order.</summary>
    public void AskToEnd()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends the process at once, with all processes that it started.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _process.Dispose();

    private OutputLine Take(string text)
    {
        var isLog = text.StartsWith(LauncherTie.LogMark);
        var line = isLog ? text[1..] : text;
        _recent.Add(line);
        return new(line, isLog ? OutputKind.Log : OutputKind.Error);
    }
}
