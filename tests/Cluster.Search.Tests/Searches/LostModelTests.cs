namespace SearchCluster.Search.Tests.Searches;

/// <summary>A trial that ends without the model that its worker would have brought is told of.</summary>
public sealed class LostModelTests
{
    private static readonly SearchCommands.StopSearch StopNow = new(TestSpecs.Id, StopMode.Now);

    private static SearchSpec Network => TestSpecs.Spec(3) with { Data = new DataSpec("digits", null, new SplitSpec()) };

    // Stops a trial at its first measurement above 1.
    private static SearchSpec Stopping =>
        Network with { Reproducible = new(), Scheduler = new("threshold", new([KeyValuePair.Create("bound", ParameterValue.Real(1))])) };

    [Fact]
    public void A_stopped_trial_that_waits_for_its_extra_lease_when_the_search_ends_is_told_of()
    {
        var search = new SearchScenario(Stopping).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 5);
        search.Expire(lease);
        search.Trial(0).State.ShouldBe(TrialState.Waiting);

        search.Send(StopNow);

        (search.Trial(0).State, search.Trial(0).Result!.HasModel).ShouldBe((TrialState.StoppedEarly, false));
        Told(search).ShouldHaveSingleItem().Item.ShouldBe(WorkItem.Trial(new TrialId(0)));
        search.ShouldReplay();
    }

    [Fact]
    public void A_stopped_trial_whose_extra_lease_runs_when_the_search_ends_is_told_of()
    {
        var search = new SearchScenario(Stopping).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 5);
        search.Expire(lease);
        var extra = search.LeaseOne();
        search.Send(StopNow);

        search.Report(extra, 1, TestSpecs.Failed(TrialFailureKind.MemoryLimit));

        search.Trial(0).Result!.HasModel.ShouldBeFalse();
        Told(search).Count.ShouldBe(1);
        search.ShouldReplay();
    }

    [Fact]
    public void Several_such_trials_are_told_of_together()
    {
        var search = new SearchScenario(Network).Suggest();
        foreach (var lease in new[] { search.LeaseOne(), search.LeaseOne() })
        {
            search.Measure(lease, 1, 1, 0.5);
            search.Expire(lease);
        }

        search.Send(StopNow);

        Told(search).ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public void A_trial_whose_worker_brings_its_model_is_not_told_of()
    {
        var search = new SearchScenario(Network).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Send(StopNow);

        search.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));

        search.Trial(0).Result!.HasModel.ShouldBeTrue();
        Told(search).ShouldBeEmpty();
    }

    [Fact]
    public void What_trains_no_network_has_lost_none()
    {
        var search = SearchScenario.Of(3).Suggest();
        var lease = search.LeaseOne();
        search.Measure(lease, 1, 1, 0.5);
        search.Expire(lease);

        search.Send(StopNow);

        search.Trial(0).Result!.HasModel.ShouldBeFalse();
        Told(search).ShouldBeEmpty();
    }

    private static IReadOnlyList<WarningView> Told(SearchScenario search) =>
        [.. (SearchProjection.Detail(search.State, search.Now).Warnings ?? []).Where(
            warning => warning.Text.StartsWith("A trial ended with its measurements only", StringComparison.Ordinal))];
}
