using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Where the groups of a host run.</summary>
internal interface ISlots : IDisposable
{
    /// <summary>Hands a group to the next free slot; the host hands over no more than there are.</summary>
    void Enqueue(IReadOnlyList<SlotWork> group);
}

/// <summary>One item of a group on its way to a slot.</summary>
internal sealed record SlotWork(WorkAssignment Assignment, Attempt Attempt);

/// <summary>A group as an executor sees it.</summary>
/// <param name="works">Its items, in order.</param>
internal sealed class HostedGroup(HostedWork[] works)
{
    /// <summary>Its items, in order.</summary>
    public IReadOnlyList<ILeasedWork> Works => works;

    /// <summary>Ends what the executor left open.</summary>
    /// <param name="failure">What it threw; null when it came back without an outcome.</param>
    public void Close(Exception? failure) => Array.ForEach(works, work => work.Close(failure));
}
