namespace SearchCluster.Search.Tests.Searches.Results;

/// <summary>What is said of an extension is what a resume does.</summary>
public sealed class ExtensionTests
{
    private static readonly SearchCommands.ResumeSearch MoreTrials = new(TestSpecs.Id, 20);

    [Theory]
    [InlineData("all trials done", null)]
    [InlineData("stopped with trials that wait", null)]
    [InlineData("stopped, exhausted, with trials that wait", null)]
    [InlineData("exhausted", SearchEndReason.SpaceExhausted)]
    [InlineData("target reached by the last of all configurations", SearchEndReason.SpaceExhausted)]
    [InlineData("stopped after the last of all configurations", SearchEndReason.SpaceExhausted)]
    [InlineData("epochs", SearchEndReason.Epochs)]
    [InlineData("failures", SearchEndReason.Failures)]
    [InlineData("time", SearchEndReason.Time)]
    [InlineData("misconfigured", null)]
    [InlineData("no improvement", null)]
    public void More_trials_are_offered_where_they_are_taken(string end, SearchEndReason? endsAgainBy)
    {
        var search = Ended(end);
        search.State.IsOver.ShouldBeTrue();

        SearchProjection.Detail(search.State, search.Now).EndsAgainBy.ShouldBe(endsAgainBy);
        var told = search.Send(new SearchCommands.ResumeSearch(TestSpecs.Id));
        if (search.State.IsOver)
        {
            told.ShouldBeOfType<SearchReplies.CommandRejected>().Message.Contains(
                "searchcluster resume test --trials +20", StringComparison.Ordinal).ShouldBe(endsAgainBy is null);
        }

        var reply = Ended(end).Send(MoreTrials);
        (reply is SearchReplies.CommandAccepted).ShouldBe(endsAgainBy is null, reply?.ToString());
    }

    [Fact]
    public void A_search_that_runs_has_no_further_trials_once_its_space_is_exhausted()
    {
        var search = SearchScenario.Of(2).Suggest();
        SearchProjection.Detail(search.State, search.Now).EndsAgainBy.ShouldBeNull();

        Exhaust(search);

        SearchProjection.Detail(search.State, search.Now).EndsAgainBy.ShouldBe(SearchEndReason.SpaceExhausted);
    }

    [Theory]
    [InlineData(false, "then go on with searchcluster resume test --trials +1.")]
    [InlineData(true, "then search on under another name: searchcluster run SPEC --name NEW.")]
    public void A_suspect_that_is_given_up_sends_nobody_to_a_resume_that_is_refused(bool isExhausted, string next)
    {
        var spec = TestSpecs.Spec(1);
        var search = new SearchScenario(spec with { Retry = RetrySpec.Default with { Max = 0 } }).Suggest();
        if (isExhausted)
        {
            Exhaust(search);
        }

        while (search.Trial(0).Failure is not { Kind: TrialFailureKind.WorkerLost } || search.Trial(0).State == TrialState.Waiting)
        {
            search.ExpireTogether((search.LeaseAlone() is [var alone, ..] ? alone : search.Lease()[0]).Lease);
        }

        search.Trial(0).Failure!.Message.ShouldEndWith(next);
    }

    private static SearchScenario Ended(string end)
    {
        switch (end)
        {
            case "all trials done":
                return SearchScenario.Of(2).RunToEnd(_ => 0.5);
            case "exhausted":
                return Complete(Exhaust(SearchScenario.Of(2).Suggest()));
            case "target reached by the last of all configurations":
                var spec = TestSpecs.Spec(2);
                return Complete(Exhaust(new SearchScenario(
                    spec with { Objective = spec.Objective with { Target = 0.5 } }).Suggest()));
            case "stopped after the last of all configurations":
                var running = Exhaust(SearchScenario.Of(2).Suggest());
                var leases = running.Lease(slots: 2);
                running.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Graceful));
                running.Complete(leases[0].Lease, 0.5);
                running.Complete(leases[1].Lease, 0.5);
                return running;
            case "epochs":
                var measured = new SearchScenario(TestSpecs.Spec(5, budget: budget => budget with { Epochs = 1 })).Suggest();
                var lease = measured.LeaseOne();
                measured.Measure(lease, 1, 1, 0.5);
                measured.Report(lease, 2, new AttemptHalted(1, TestSpecs.Result(0.5)));
                return measured;
            case "failures":
                var failing = new SearchScenario(TestSpecs.Spec(5, budget: budget => budget with { Failures = 0 })).Suggest();
                failing.Report(failing.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.Diverged));
                return failing;
            case "time":
                var late = new SearchScenario(TestSpecs.Spec(5, budget: budget => budget with { Time = TimeSpan.FromHours(1) })).Suggest();
                late.Now += TimeSpan.FromHours(1);
                late.Send(new SearchCommands.CheckLimits(TestSpecs.Id));
                return late;
            case "misconfigured":
                var wrong = SearchScenario.Of(1).Suggest();
                wrong.Report(wrong.LeaseOne(), 1, TestSpecs.Failed(TrialFailureKind.Misconfigured));
                return wrong;
            case "no improvement":
                return new SearchScenario(TestSpecs.Spec(9, budget: budget => budget with { NoImprovement = 1 })).RunToEnd(_ => 0.5);
            default:
                var stopped = end.Contains("exhausted", StringComparison.Ordinal)
                    ? Exhaust(SearchScenario.Of(2).Suggest())
                    : SearchScenario.Of(2).Suggest();
                stopped.Complete(stopped.LeaseOne(), 0.5);
                stopped.Send(new SearchCommands.StopSearch(TestSpecs.Id, StopMode.Now));
                return stopped;
        }
    }

    private static SearchScenario Exhaust(SearchScenario search)
    {
        search.Send(new SearchCommands.RecordSuggestions(
            TestSpecs.Id, new TrialId(search.State.Trials.Count), [], "All points of the grid were suggested."));
        search.State.Exhausted.ShouldNotBeNull();
        return search;
    }

    private static SearchScenario Complete(SearchScenario search)
    {
        foreach (var assignment in search.Lease(slots: 2).Reverse())
        {
            search.Complete(assignment.Lease, assignment.Lease.Item.TrialId!.Value.Number == 0 ? 0.5 : 0.75);
        }

        return search;
    }
}
