using System.Collections.Concurrent;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.Tests;

/// <summary>Remembers what it is told.</summary>
internal sealed class Recorder : ILaunchObserver
{
    private readonly ConcurrentQueue<(ProcessView View, ProcessEnd? End, TimeSpan? RestartsIn)> _changes = new();
    private readonly ConcurrentQueue<(string Name, OutputLine Line)> _lines = new();
    private readonly SemaphoreSlim _changed = new(0);

    public IReadOnlyList<(ProcessView View, ProcessEnd? End, TimeSpan? RestartsIn)> Changes => [.. _changes];

    public IReadOnlyList<(string Name, OutputLine Line)> Lines => [.. _lines];

    public void Changed(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn)
    {
        _changes.Enqueue((view, end, restartsIn));
        _changed.Release();
    }

    public void Printed(string name, OutputLine line) => _lines.Enqueue((name, line));

    /// <summary>Waits for a change.</summary>
    public async Task<(ProcessView View, ProcessEnd? End, TimeSpan? RestartsIn)> WaitAsync(Func<ProcessView, bool> condition)
    {
        while (true)
        {
            if (_changes.Where(change => condition(change.View)).Take(1).ToList() is [var found])
            {
                return found;
            }

            await _changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public IReadOnlyList<ProcessPhase> PhasesOf(string name) =>
        [.. _changes.Where(change => change.View.Name == name).Select(change => change.View.Phase)];
}
