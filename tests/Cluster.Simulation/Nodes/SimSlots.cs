using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Nodes;

/// <summary>The slots of a worker's process: they train a function whose value depends on the configuration and the level only, write a
/// checkpoint after each level, and go on from it.</summary>
/// <param name="cluster">Time, and who looks on.</param>
/// <param name="process">Whose slots.</param>
/// <param name="count">How many.</param>
/// <param name="open">Makes a group what runs.</param>
internal sealed class SimSlots(
    SimCluster cluster, SimProcess process, int count, Func<IReadOnlyList<SlotWork>, HostedGroup> open) : ISlots
{
    private int _busy;

    public void Enqueue(IReadOnlyList<SlotWork> group)
    {
        if (++_busy > count)
        {
            cluster.Ledger.Violate("slots", $"{process.Name} runs {_busy} groups on {count} slots");
        }

        foreach (var work in group)
        {
            cluster.Ledger.GotSlot(work.Assignment.Lease);
        }

        cluster.World.At(cluster.World.Between(0.0005, 0.02), process, () => Begin(open(group), 0));
    }

    public void Dispose()
    {
    }

    private void Begin(HostedGroup group, int index)
    {
        if (index == group.Works.Count)
        {
            _busy--;
            group.Close(null);
            return;
        }

        var work = group.Works[index];
        if (work.Begin() is not { } context)
        {
            // Nobody wants it any more, or the store has refused it.
            Begin(group, index + 1);
            return;
        }

        var run = new SimTraining((TrialAssignment)work.Assignment, context, cluster);
        Step(group, index, run);
    }

    private void Step(HostedGroup group, int index, SimTraining run) =>
        cluster.World.At(run.NextLevelTakes, process, () =>
        {
            try
            {
                if (run.Next() is not { } outcome)
                {
                    Step(group, index, run);
                    return;
                }

                cluster.Ledger.Ended(run.Assignment.Lease, outcome);
                group.Works[index].End(outcome);
            }
            catch (ArtifactException)
            {
                group.Works[index].End(null);
            }

            Begin(group, index + 1);
        });
}
