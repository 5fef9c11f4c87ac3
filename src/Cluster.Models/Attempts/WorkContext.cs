using System.ComponentModel;
using System.Diagnostics;

namespace SearchCluster.Models.Attempts;

/// <summary>What surrounds one attempt.</summary>
/// <param name="Artifacts">Where checkpoints and models lie.</param>
/// <param name="Report">Called on the attempt's thread after each epoch, in order of resource levels; quick, and throws only
/// <see cref="InvalidReportException"/>.</param>
/// <param name="Clock">Time and waiting.</param>
/// <param name="Cancellation">Ends the attempt at the next step; its last checkpoint stays.</param>
/// <param name="TraceParent">W3C context of the attempt's span; null for the assignment's own.</param>
/// <param name="Warn">Told one sentence about anything unexpected that training survives, for example a damaged
/// checkpoint; null for nobody.</param>
/// <param name="Pulse">Takes signs of life of whoever trains in steps, so that a hang is told from work; null for nobody.</param>
/// <param name="Worker">Name of the worker, for metrics; null outside of one.</param>
/// <param name="Programs">Takes the programs that the attempt starts; null outside of a worker.</param>
public sealed record WorkContext(
    IArtifacts Artifacts,
    Action<Measurement> Report,
    TimeProvider Clock,
    CancellationToken Cancellation,
    string? TraceParent = null,
    Action<string>? Warn = null,
    AttemptPulse? Pulse = null,
    WorkerId? Worker = null,
    AttemptPrograms? Programs = null)
{
    /// <summary>Starts a program that belongs to the attempt: its memory, and that of all that it starts, counts as the trial's, and it
    /// ends with the attempt at the latest.</summary>
    /// <param name="start">What to start; <see cref="ProcessStartInfo.UseShellExecute"/> is false.</param>
    /// <returns>The program, for the workload to wait for and to dispose.</returns>
    /// <exception cref="Win32Exception">There is no such program, or it cannot be started.</exception>
    public Process Start(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} did not start a process of its own; set UseShellExecute to false.");
        Programs?.Add(process);
        return process;
    }

    /// <summary>To be called between two pieces of work of at most a second: gives a sign of life, and ends the
    /// attempt here when it is to end.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public void Heed()
    {
        Pulse?.Beat();
        Cancellation.ThrowIfCancellationRequested();
    }
}
