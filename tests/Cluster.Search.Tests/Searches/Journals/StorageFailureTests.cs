namespace SearchCluster.Search.Tests.Searches.Journals;

public sealed class StorageFailureTests
{
    private static readonly AttemptFailed Full = new(new AttemptFailure(TrialFailureKind.StorageUnavailable, "The worker's disk is full."));

    [Fact]
    [Trait("Promise", "R19")]
    public void A_trial_that_meets_a_full_disk_is_tried_again_as_often_as_it_takes_and_never_counts_as_failed()
    {
        var search = SearchScenario.Of(1).Suggest();
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            var lease = search.Lease().ShouldHaveSingleItem().Lease;
            search.Send(new SearchCommands.ReportOutcome(lease, 1, Full, null));
            search.State.Trials[0].State.ShouldBe(TrialState.Waiting);
            search.State.Trials[0].FailedAttempts.ShouldBe(0);
            search.Lease().ShouldBeEmpty();
            Trouble(search).ShouldBe("The worker's disk is full.");
            search.Now += TimeSpan.FromSeconds(10);
        }

        Trouble(search).ShouldBeNull("it waits for a place now");
        search.Lease().ShouldHaveSingleItem();
    }

    [Fact]
    public void What_met_the_full_disk_before_it_was_mended_is_no_news()
    {
        var search = SearchScenario.Of(2).Suggest();
        var leases = search.Lease(slots: 2);
        search.Now += TimeSpan.FromSeconds(1);
        search.Report(leases[0].Lease, 1, Full);
        Trouble(search).ShouldNotBeNull();
        search.Now += TimeSpan.FromSeconds(1);

        search.StorageMendedAt = search.Now;
        Trouble(search).ShouldBeNull();

        // A report that came through only now that the journal takes it.
        search.Now += TimeSpan.FromSeconds(1);
        search.Report(leases[1].Lease, 1, Full);
        Trouble(search).ShouldBeNull();
        var again = search.Lease().ShouldHaveSingleItem().Lease;
        again.Item.ShouldBe(leases[1].Lease.Item, "it is tried again at once");

        // That one began after the disk was mended.
        search.Report(again, 1, Full);
        Trouble(search).ShouldNotBeNull();
        search.Lease().ShouldBeEmpty();
        search.ShouldReplay();
    }

    [Theory]
    [InlineData("w1", true, false)]
    [InlineData("w1", false, true)]
    [InlineData("w2", true, true)]
    public void A_worker_that_has_saved_a_model_since_has_room(string worker, bool hasModel, bool isTold)
    {
        var search = SearchScenario.Of(2).Suggest();
        var first = search.Lease(worker: TestSpecs.Worker("w1"))[0].Lease;
        var other = search.Lease(worker: TestSpecs.Worker(worker))[0].Lease;
        search.Report(first, 1, Full);
        search.Now += TimeSpan.FromSeconds(1);

        search.Report(other, 1, new AttemptCompleted(TestSpecs.Result(0.5, hasModel: hasModel), TrainingStop.AllEpochs));

        (Trouble(search) is not null).ShouldBe(isTold);
    }

    private static string? Trouble(SearchScenario search) =>
        SearchProjection.Detail(search.State, search.Now, search.StorageMendedAt).Trouble;
}
