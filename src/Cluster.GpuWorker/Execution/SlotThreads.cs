using System.Collections.Concurrent;
using System.Globalization;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>One dedicated thread for each slot, never the thread pool: libtorch keeps state per thread, and
/// training blocks for hours.</summary>
internal sealed class SlotThreads : IDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<IReadOnlyList<SlotWork>> _groups = [];
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="run">Runs a group to its end; must not throw.</param>
    public SlotThreads(int count, Action<IReadOnlyList<SlotWork>> run)
    {
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Work(run))
        {
            IsBackground = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"slot-{number}"),
        })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Hands a group to the next free thread.</summary>
    public void Enqueue(IReadOnlyList<SlotWork> group) => _groups.Add(group);

    /// <summary>Lets idle threads end. A thread whose executor hangs is left to the end of the process.</summary>
    public void Dispose()
    {
        _groups.CompleteAdding();
        if (_threads.All(thread => thread.Join(JoinLimit)))
        {
            _groups.Dispose();
        }
    }

    private void Work(Action<IReadOnlyList<SlotWork>> run)
    {
        foreach (var group in _groups.GetConsumingEnumerable())
        {
            run(group);
        }
    }
}

/// <summary>One item of a group on its way to a slot.</summary>
internal sealed record SlotWork(WorkAssignment Assignment, Attempt Attempt);
