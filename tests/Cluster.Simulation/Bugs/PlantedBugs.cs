using SearchCluster.Simulation.Bugs.Coordinator;
using SearchCluster.Simulation.Bugs.Journal;
using SearchCluster.Simulation.Bugs.Workers;

namespace SearchCluster.Simulation.Bugs;

/// <summary>All that can be planted, by name.</summary>
internal static class PlantedBugs
{
    public static IReadOnlyDictionary<string, PlantedBug> All { get; } = new PlantedBug[]
    {
        new EarlyConfirmation(),
        new LostWrite(),
        new ReusedFences(),
        new ShortSnapshots(),
        new IgnoredFences(),
        new AcceptedGaps(),
        new DoubledOutcomes(),
        new ChargedRetries(),
        new EmptyHellos(),
        new ForeignLeases(),
        new SlotTooMany(),
        new IgnoredDrain(),
        new DeafToStale(),
        new ForgottenOutbox(),
        new ShiftedOutbox(),
    }.ToDictionary(bug => bug.GetType().Name);

    /// <summary>Looks for a seed that finds a bug.</summary>
    /// <param name="bug">What is planted.</param>
    /// <param name="seeds">How many are tried, from 1.</param>
    /// <returns>The first run with a violation; null when none has one.</returns>
    public static SimulationResult? Find(PlantedBug bug, int seeds)
    {
        for (var seed = 1UL; seed <= (ulong)seeds; seed++)
        {
            if (Simulation.Run(seed, bug) is { Violation: not null } found)
            {
                return found;
            }
        }

        return null;
    }
}
