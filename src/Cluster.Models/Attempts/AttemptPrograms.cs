using System.ComponentModel;
using System.Diagnostics;

namespace SearchCluster.Models.Attempts;

/// <summary>Programs that a workload started for one attempt: their memory counts as the attempt's, and they
/// end with it. Thread-safe.</summary>
public sealed class AttemptPrograms
{
    private readonly Lock _gate = new();
    private readonly List<Process> _processes = [];
    private bool _isEnded;

    /// <summary>Those that still run.</summary>
    public IReadOnlyList<int> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _processes.Where(process => !process.HasExited).Select(process => process.Id)];
            }
        }
    }

    /// <summary>Takes a program that was started; one that comes after the end is ended at once.</summary>
    /// <param name="process">A child of this process.</param>
    public void Add(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        bool isLate;
        lock (_gate)
        {
            // A handle of its own: the workload disposes the one it has when it likes.
            if (TryOpen(process) is not { } own)
            {
                return;
            }

            _processes.Add(own);
            isLate = _isEnded;
        }

        if (isLate)
        {
            End();
        }
    }

    /// <summary>Ends them with all that they started.</summary>
    /// <returns>True when there was one to end.</returns>
    public bool End()
    {
        Process[] processes;
        lock (_gate)
        {
            _isEnded = true;
            processes = [.. _processes];
            _processes.Clear();
        }

        var hasEnded = false;
        foreach (var process in processes)
        {
            hasEnded |= TryEnd(process);
            process.Dispose();
        }

        return hasEnded;
    }

    private static Process? TryOpen(Process process)
    {
        try
        {
            return Process.GetProcessById(process.Id);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryEnd(Process process)
    {
        try
        {
            var runs = !process.HasExited;
            process.Kill(entireProcessTree: true);
            return runs;
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this moment, or is not this user's any more.
            return false;
        }
    }
}
