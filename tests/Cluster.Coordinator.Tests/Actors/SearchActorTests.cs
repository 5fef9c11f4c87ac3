namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class SearchActorTests
{
    [Fact]
    [Trait("Promise", "R01")]
    public async Task Answers_a_submission_only_after_the_journal_wrote()
    {
        await using var system = await SearchSystem.StartAsync();
        var client = system.Probe();
        system.Journal.Hold();

        system.Manager.Tell(TestSpecs.Submission(TestSpecs.Random("late")), client.Ref);
        await Patience.UntilAsync(() => !system.Journal.Writes.IsEmpty);
        client.HasMessages.ShouldBeFalse();
        system.Journal.Release();

        (await client.ExpectMsgAsync<SearchReplies.CommandAccepted>()).AlreadyDone.ShouldBeFalse();
        system.Journal.Events.OfType<SearchEvents.SearchSubmitted>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Accepts_a_repeated_submission_and_refuses_another_spec_of_the_name()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("twice"));
        var events = system.Journal.Events.Count;

        var again = await system.AskAsync<SearchReplies.CommandAccepted>(TestSpecs.Submission(TestSpecs.Random("twice")));
        var other = await system.AskAsync<SearchReplies.CommandRejected>(TestSpecs.Submission(TestSpecs.Random("twice", trials: 11)));

        again.AlreadyDone.ShouldBeTrue();
        other.Code.ShouldBe(RejectionCode.NameTaken);
        system.Journal.Events.Count.ShouldBe(events);
    }

    [Fact]
    public async Task Writes_what_arrives_during_a_write_as_one_group()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("grouped", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        var before = system.Journal.WritesOf("grouped").Count();
        system.Journal.Hold();

        Enumerable.Range(1, 20).ToList().ForEach(seq => worker.Measure(lease, seq));
        await Patience.UntilAsync(() => system.Journal.WritesOf("grouped").Count() > before);
        await system.DetailAsync("grouped");
        system.Journal.Release();
        for (var seq = 1; seq <= 20; seq++)
        {
            (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(seq);
        }

        system.Journal.WritesOf("grouped").Skip(before).Count().ShouldBeLessThanOrEqualTo(3);
        system.Journal.WritesOf("grouped").Skip(before).Sum().ShouldBe(20);
    }

    [Fact]
    [Trait("Promise", "R03")]
    public async Task Acknowledges_a_repeated_outcome_without_an_event()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("repeated", trials: 2));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        worker.Finish(lease, 1);
        await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        var finished = await system.WhenAsync("repeated", detail => detail.Summary.Counts.Completed == 1);

        worker.Finish(lease, 1);

        (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(1);
        (await system.DetailAsync("repeated")).Revision.ShouldBe(finished.Revision);
    }

    [Fact]
    [Trait("Promise", "R05")]
    public async Task Gives_an_expired_lease_to_another_worker_and_calls_the_first_ones_report_stale()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("expired", trials: 1));
        var silent = system.Worker("silent");
        await silent.ConnectAsync();
        var first = await silent.LeaseAsync();

        system.Clock.Advance(TimeSpan.FromSeconds(16));
        await system.WhenAsync("expired", detail => detail.Summary.Counts.Running == 0);
        var other = system.Worker("other");
        await other.ConnectAsync();
        var second = await other.LeaseAsync();
        silent.Finish(first, 1);

        second.Item.ShouldBe(first.Item);
        second.Attempt.ShouldBe(2);
        second.Fence.ShouldBeGreaterThan(first.Fence);
        (await silent.ExpectAsync<WorkerProtocol.StaleLease>()).Lease.ShouldBe(first);
    }

    [Fact]
    public async Task Keeps_a_lease_that_is_renewed_by_hellos()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("renewed", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();

        for (var hello = 0; hello < 10; hello++)
        {
            system.Clock.Advance(TimeSpan.FromSeconds(5));
            await worker.ConnectAsync(lease);
        }

        worker.Finish(lease, 1);
        (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Lease.ShouldBe(lease);
    }

    [Fact]
    [Trait("Promise", "R13")]
    public async Task Ends_the_leases_of_an_older_process_at_once_except_those_taken_over()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("restarted", trials: 2));
        var older = system.Worker("w", slots: 2);
        await older.ConnectAsync();
        var leases = (await older.RequestAsync(2)).Select(assignment => assignment.Lease).ToList();

        var newer = system.Worker("w", slots: 2, incarnation: "two");
        await newer.ConnectAsync(leases[0]);
        await system.WhenAsync("restarted", detail => detail.Summary.Counts.Running == 1);
        newer.Finish(leases[0], 1);

        (await newer.ExpectAsync<WorkerProtocol.ReportAccepted>()).Lease.ShouldBe(leases[0]);
        (await newer.LeaseAsync()).ShouldBe(leases[1] with { Attempt = 2, Fence = 3 });
    }

    [Fact]
    public async Task Tells_the_worker_to_cancel_when_the_search_is_paused_and_again_with_each_hello()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("paused", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();

        await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("paused")));
        (await worker.ExpectAsync<WorkerProtocol.CancelAttempt>()).Lease.ShouldBe(lease);
        worker.SayHello(lease);

        (await worker.ExpectAsync<WorkerProtocol.CancelAttempt>()).Lease.ShouldBe(lease);
    }

    [Fact]
    public async Task Suggests_twice_as_many_trials_as_there_are_slots_and_nothing_without_a_worker()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("ahead", trials: 100));
        (await system.DetailAsync("ahead")).Summary.Counts.Waiting.ShouldBe(0);

        await system.Worker("w", slots: 6).ConnectAsync();

        (await system.WhenAsync("ahead", detail => detail.Summary.Counts.Waiting > 0)).Summary.Counts.Waiting.ShouldBe(12);
    }

    [Fact]
    public async Task Asks_a_sampler_that_learns_for_what_free_slots_need_and_little_more()
    {
        await using var system = await SearchSystem.StartAsync();
        var spec = TestSpecs.Random("late-ask", trials: 100) with { Algorithm = new AlgorithmSpec("evolution", ParameterValues.Empty) };
        await system.SubmitAsync(spec);
        var worker = system.Worker("w", slots: 6);
        await worker.ConnectAsync();
        (await system.WhenAsync("late-ask", detail => detail.Summary.Counts.Waiting > 0)).Summary.Counts.Waiting.ShouldBe(8);

        var lease = await worker.LeaseAsync();
        worker.Finish(lease, 1);

        // The finished trial was one of the eight; a new one takes its place, chosen with its result in view.
        var after = await system.WhenAsync(
            "late-ask", detail => detail.Summary.Counts.Completed == 1 && detail.Summary.Counts.Waiting == 8);
        after.Summary.Counts.Running.ShouldBe(0);
        system.Journal.Events.OfType<SearchEvents.TrialSuggested>().Last().Origin.Observed.ShouldBe(1);
    }

    [Fact]
    public async Task Ends_a_search_whose_sampler_throws_and_says_why()
    {
        await using var system = await SearchSystem.StartAsync(
            settings => settings with { Samplers = _ => throw new InvalidOperationException("no bits left") });
        await system.SubmitAsync(TestSpecs.Random("broken"));

        await system.Worker("w").ConnectAsync();

        var detail = await system.WhenAsync("broken", detail => detail.Summary.State == SearchLifecycle.Failed);
        detail.EndExplanation.ShouldNotBeNull().ShouldContain("no bits left");
    }

    [Fact]
    public async Task A_report_with_too_many_metrics_fails_its_trial()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("metrics", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        var metrics = new ValueMap<double>(Enumerable.Range(0, 65).Select(i => KeyValuePair.Create($"m{i}", 1.0)));

        worker.Send(new SearchCommands.ReportMeasurement(lease, 1, new Measurement(1, metrics, TimeSpan.Zero), null));

        (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(1);
        await ShouldHaveFailedAsync(system, "metrics", "at most 64");
    }

    [Fact]
    public async Task An_outcome_that_is_null_fails_its_trial_and_nothing_crashes()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("nothing", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();

        worker.Send(new SearchCommands.ReportOutcome(lease, 1, null!, null));

        (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(1);
        await ShouldHaveFailedAsync(system, "nothing", "returned null");
    }

    private static async Task ShouldHaveFailedAsync(SearchSystem system, string search, string why)
    {
        var detail = await system.WhenAsync(search, detail => detail.Summary.Counts.Failed == 1);
        var cause = detail.Failures.ShouldNotBeNull().ShouldHaveSingleItem();
        (cause.Kind, cause.Count, cause.FirstTrial).ShouldBe((TrialFailureKind.WorkloadError, 1, new TrialId(0)));
        cause.Message.ShouldContain(why);
    }
}
