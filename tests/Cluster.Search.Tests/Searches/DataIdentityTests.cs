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

    [Fact]
    public void The_same_bytes_read_as_other_rows_are_other_data()
    {
        Data.IsSameAs(Data with { Rows = 51 }).ShouldBeFalse();
        Data.IsSameAs(Data with { Rows = null }).ShouldBeTrue();
    }

    [Fact]
    public void Data_that_moved_are_read_at_their_new_place_from_the_next_assignment_on()
    {
        var search = Measured();

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: "/new/rows.csv"))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running));

        search.LastEvents.ShouldHaveSingleItem().ShouldBeOfType<SearchEvents.DataMoved>().Source.ShouldBe("/new/rows.csv");
        var plan = search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>().Plan;
        (plan.Data!.Source, plan.KnownData).ShouldBe(("/new/rows.csv", Data));
        search.Send(Submission("/new/rows.csv")).ShouldBeOfType<SearchReplies.CommandAccepted>().AlreadyDone.ShouldBeTrue();
        search.Send(Submission("/old/rows.csv")).ShouldBeOfType<SearchReplies.CommandRejected>();
        search.ShouldReplay();
    }

    [Fact]
    public void What_is_sent_again_changes_nothing()
    {
        var search = Measured();
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: "/new/rows.csv"));

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: "/new/rows.csv"))
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, SearchLifecycle.Running, AlreadyDone: true));

        search.LastEvents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, SearchLifecycle.Completed)]
    [InlineData(1, SearchLifecycle.Running)]
    public void Of_a_search_that_is_over_only_the_place_changes_unless_it_is_extended(int trials, SearchLifecycle state)
    {
        var search = Measured(trials: 1);
        search.Complete(search.State.Leases.Values.Single().Key, 0.5, seq: 2);
        var command = new SearchCommands.ResumeSearch(TestSpecs.Id, trials, DataSource: "/new/rows.csv");

        search.Send(command).ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, state));

        search.State.Spec.Data!.Source.ShouldBe("/new/rows.csv");
        search.ShouldReplay();
        search.Send(command with { AdditionalTrials = 0 })
            .ShouldBe(new SearchReplies.CommandAccepted(TestSpecs.Id, state, AlreadyDone: true));
    }

    [Fact]
    public void A_search_that_failed_because_its_data_were_gone_tries_again_where_they_are_now()
    {
        var search = Measured();
        search.Report(search.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));
        search.Complete(search.State.Leases.Values.Single().Key, 0.5, seq: 2);
        search.State.IsMisconfigured.ShouldBeTrue();

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: "/new/rows.csv"));

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Running);
        search.Trial(1).State.ShouldBe(TrialState.Waiting);
        search.ShouldReplay();
    }

    [Fact]
    public void A_trial_that_finds_other_data_there_does_not_count()
    {
        var search = Measured();
        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: "/new/rows.csv"));

        Measure(search, search.LeaseOne(), Others);

        search.Trial(1).Failure!.Message.ShouldStartWith("SC3311 Data '/new/rows.csv' are not those");
    }

    [Fact]
    public void Data_move_only_where_the_search_has_any_and_knows_which()
    {
        var unmeasured = new SearchScenario(OfData("/old/rows.csv")).Suggest();
        var without = SearchScenario.Of(3).Suggest();
        var measured = Measured();

        Refused(unmeasured, "/new/rows.csv").Message.ShouldContain("has measured nothing that says which data it learns from");
        Refused(without, "/new/rows.csv").Message.ShouldContain("learns from no data");
        Refused(measured, "").Code.ShouldBe(RejectionCode.OutOfRange);
        Refused(measured, new string('x', 1_025)).Message.ShouldContain("has 1025 characters, but must have 1 to 1024");
        measured.LastEvents.ShouldBeEmpty();
    }

    [Fact]
    public void An_extension_that_is_refused_moves_nothing()
    {
        var search = Measured(trials: 1);
        search.Complete(search.State.Leases.Values.Single().Key, 0.5, seq: 2);

        search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id, AdditionalTime: TimeSpan.FromHours(1), DataSource: "/new/rows.csv"))
            .ShouldBeOfType<SearchReplies.CommandRejected>();

        search.State.Spec.Data!.Source.ShouldBe("/old/rows.csv");
    }

    private static SearchReplies.CommandRejected Refused(SearchScenario search, string source) =>
        search.Send<SearchReplies.CommandRejected>(new SearchCommands.ResumeSearch(TestSpecs.Id, DataSource: source));

    private static SearchSpec OfData(string source, int trials = 3) =>
        TestSpecs.Spec(trials) with { Data = new DataSpec(source, null, new SplitSpec()) };

    private static SearchCommands.SubmitSearch Submission(string source) =>
        new(TestSpecs.Id, OfData(source), "text", null);

    private static SearchScenario Measured(int trials = 3)
    {
        var search = new SearchScenario(OfData("/old/rows.csv", trials)).Suggest();
        Measure(search, search.LeaseOne(), Data);
        return search;
    }

    private static IWithSearchId? Measure(SearchScenario search, LeaseKey lease, DataIdentity data) =>
        search.Send(new SearchCommands.ReportMeasurement(lease, 1, TestSpecs.Measurement(1, 0.5) with { Data = data }, null));
}
