namespace SearchCluster.Search.Tests.Searches;

/// <summary>All trials of a search learn from the same data: the first measurement says which, and others do not count.</summary>
public sealed class DataIdentityTests
{
    private static readonly DataIdentity Data = new(new string('a', 64), 1_000, 1, 50);
    private static readonly DataIdentity Others = new(new string('b', 64), 1_001, 1, 51);

    [Fact]
    public void The_first_measurement_says_which_data_and_later_assignments_name_them()
    {
        var search = SearchScenario.Of(3).Suggest();
        search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>().Plan.KnownData.ShouldBeNull();

        Measure(search, search.State.Leases.Values.Single().Key, Data);

        search.State.Data.ShouldBe(Data);
        search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>().Plan.KnownData.ShouldBe(Data);
        search.ShouldReplay();
    }

    [Fact]
    public void A_result_without_measurements_says_it_too()
    {
        var search = SearchScenario.Of(3).Suggest();

        search.Report(search.LeaseOne(), 1, new AttemptCompleted(TestSpecs.Result(0.5) with { Data = Data }, TrainingStop.AllEpochs));

        search.State.Data.ShouldBe(Data);
        search.ShouldReplay();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_trial_on_other_data_does_not_count_and_ends_the_search(bool isMeasured)
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        Measure(search, leases[0].Lease, Data);

        if (isMeasured)
        {
            Measure(search, leases[1].Lease, Others).ShouldBe(new WorkerProtocol.ReportAccepted(leases[1].Lease, 1));
        }
        else
        {
            search.Report(leases[1].Lease, 1, new AttemptCompleted(TestSpecs.Result(0.1) with { Data = Others }, TrainingStop.AllEpochs));
        }

        search.Trial(1).State.ShouldBe(TrialState.Failed);
        search.Trial(1).Curve.ShouldBeEmpty();
        search.Trial(1).Failure!.Message.ShouldStartWith("SC3311 ");
        search.Trial(1).Failure!.Message.ShouldContain(
            "they were 50 rows, 1000 bytes, SHA-256 aaaaaaaaaaaa…; now they are 51 rows, 1001 bytes, SHA-256 bbbbbbbbbbbb…");
        search.State.End!.Reason.ShouldBe(SearchEndReason.Misconfigured);
        search.State.Data.ShouldBe(Data);
        search.ShouldReplay();
    }

    [Fact]
    public void A_copy_with_another_time_is_as_good()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        Measure(search, leases[0].Lease, Data);

        Measure(search, leases[1].Lease, Data with { WrittenAt = DateTimeOffset.UnixEpoch });

        search.Trial(1).Curve.Count.ShouldBe(1);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
    }

    [Fact]
    public void Measurements_of_releases_that_told_no_data_go_on_with_any()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        search.Measure(leases[0].Lease, 1, 1, 0.5);

        Measure(search, leases[1].Lease, Data);

        search.State.Data.ShouldBe(Data);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
    }

    [Fact]
    public void With_the_data_of_before_the_search_goes_on()
    {
        var search = SearchScenario.Of(3).Suggest();
        var leases = search.Lease(slots: 2);
        Measure(search, leases[0].Lease, Data);
        Measure(search, leases[1].Lease, Others);
        search.Complete(leases[0].Lease, 0.5, seq: 2);
        search.State.IsMisconfigured.ShouldBeTrue();

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        Measure(search, search.Lease(slots: 2)[0].Lease, Data);
        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
        search.ShouldReplay();
    }

    private static IWithSearchId? Measure(SearchScenario search, LeaseKey lease, DataIdentity data) =>
        search.Send(new SearchCommands.ReportMeasurement(lease, 1, TestSpecs.Measurement(1, 0.5) with { Data = data }, null));
}
