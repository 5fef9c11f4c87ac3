using System.Collections.Concurrent;
using System.Globalization;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>One dedicated thread for each slot, never the thread pool: libtorch keeps state per thread, and
/// training blocks for hours.</summary>
internal sealed class SlotThreads : ISlots
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<IReadOnlyList<SlotWork>> _groups = [];
    private readonly Func<IReadOnlyList<SlotWork>, HostedGroup> _open;
    private readonly IWorkExecutor _executor;
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="open">Makes a group what an executor takes.</param>
    /// <param name="executor">Runs it to its end.</param>
    public SlotThreads(int count, Func<IReadOnlyList<SlotWork>, HostedGroup> open, IWorkExecutor executor)
    {
        (_open, _executor) = (open, executor);
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(Work)
        {
            IsBackground = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"slot-{number}"),
        })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <inheritdoc />
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

    private void Work()
    {
        foreach (var group in _groups.GetConsumingEnumerable())
        {
            Run(_open(group));
        }
    }

    private void Run(HostedGroup group)
    {
        Exception? thrown = null;
        try
        {
            _executor.Run(group.Works);
        }
#pragma warning disable CA1031 // This is the thread boundary of a slot: whatever an executor throws costs its attempts only.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            thrown = failure;
        }

        group.Close(thrown);
    }
}
