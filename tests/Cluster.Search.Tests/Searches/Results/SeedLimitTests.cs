namespace SearchCluster.Search.Tests.Searches.Results;

/// <summary>With <c>repeats</c> a target and patience are about configurations.</summary>
public sealed class SeedLimitTests
{
    [Fact]
    public void A_target_is_reached_by_the_mean_of_a_complete_configuration_only()
    {
        var search = new SearchScenario(Target(SeedRankingTests.Spec(6), 0.375)).Suggest();
        var leases = search.Lease(slots: 6);
        search.Complete(leases[0].Lease, 0.125);
        search.Complete(leases[1].Lease, 0.75);
        search.State.End.ShouldBeNull("one lucky seed reaches no target");
        search.Complete(leases[2].Lease, 0.25);
        search.State.End.ShouldBeNull("the other seed has no result yet");

        search.Complete(leases[3].Lease, 0.5);

        search.State.End!.Reason.ShouldBe(SearchEndReason.TargetReached);
        search.State.End.Explanation.ShouldBe(
            "Trials t0002 to t0003, 2 seeds of one configuration, reached a mean value of 0.375; the target was 0.375.");
        search.State.Best!.Id.Number.ShouldBe(2);
    }

    [Fact]
    public void A_reproducible_search_looks_at_the_mean_too()
    {
        var search = new SearchScenario(
            Target(SeedRankingTests.Spec(8), 0.375) with { Reproducible = new ReproducibleSpec(4) }).Suggest();
        var first = search.Lease(slots: 4);
        foreach (var (value, assignment) in new[] { 0.125, 0.75, 0.5, 0.5 }.Zip(first))
        {
            search.Complete(assignment.Lease, value);
        }

        search.State.End.ShouldBeNull();
        foreach (var (value, assignment) in new[] { 0.25, 0.5, 0.5, 0.5 }.Zip(search.Suggest().Lease(slots: 4)))
        {
            search.Complete(assignment.Lease, value);
        }

        search.State.End!.Explanation.ShouldStartWith(
            "Trials t0004 to t0005, 2 seeds of one configuration, reached a mean value of 0.375;");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Patience_does_not_end_between_two_seeds_of_a_configuration(bool isReproducible)
    {
        var spec = SeedRankingTests.Spec(9, repeats: 3);
        var search = new SearchScenario(spec with
        {
            Budget = spec.Budget with { NoImprovement = 2 },
            Reproducible = isReproducible ? new ReproducibleSpec(1) : null,
        });

        Next(search, 0.5, 0.5, 0.5);
        Next(search, 0.25, 0.25);
        search.State.End.ShouldBeNull();
        Next(search, 0.25);
        search.State.End.ShouldBeNull("its mean is the best");
        search.State.Best!.Id.Number.ShouldBe(3);
        Next(search, 0.125, 0.75);
        search.State.End.ShouldBeNull();
        Next(search, 0.75);

        search.State.End!.Reason.ShouldBe(SearchEndReason.NoImprovement);
        search.State.Best!.Id.Number.ShouldBe(3);
    }

    private static void Next(SearchScenario search, params double[] values)
    {
        foreach (var value in values)
        {
            search.Complete(search.Suggest().LeaseOne(), value);
        }
    }

    private static SearchSpec Target(SearchSpec spec, double target) =>
        spec with { Objective = spec.Objective with { Target = target } };
}
