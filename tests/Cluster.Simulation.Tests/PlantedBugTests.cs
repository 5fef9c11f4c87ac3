using SearchCluster.Simulation.Bugs;

namespace SearchCluster.Simulation.Tests;

/// <summary>Shows that the invariants find what they are there for.</summary>
public sealed class PlantedBugTests
{
    private const int Seeds = 1_000;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found_within_a_thousand_seeds(string name)
    {
        var bug = PlantedBugs.All[name];

        var found = ManySeeds.Find(bug, Seeds);

        found.ShouldNotBeNull(bug.Description);
        ManySeeds.RunOne(found.Seed).Violation.ShouldBeNull("without the bug the seed is fine");
    }

    [Fact]
    public void There_are_at_least_twelve() => PlantedBugs.All.Count.ShouldBeGreaterThanOrEqualTo(12);
}
