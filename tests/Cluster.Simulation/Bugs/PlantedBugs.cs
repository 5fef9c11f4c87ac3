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
}
