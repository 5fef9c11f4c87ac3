namespace SearchCluster.Search.Tests.Searches.Journals;

public sealed class StorageFailureTests
{
    private static readonly AttemptFailed Full = new(new AttemptFailure(TrialFailureKind.StorageUnavailable, "The worker's disk is full."));

    [Fact]
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
            search.Now += TimeSpan.FromSeconds(10);
        }

        SearchProjection.Detail(search.State, search.Now).Trouble.ShouldBe("The worker's disk is full.");
        search.Lease().ShouldHaveSingleItem();
    }
}
