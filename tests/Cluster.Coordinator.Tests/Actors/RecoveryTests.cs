namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class RecoveryTests
{
    [Fact]
    public async Task A_restart_on_the_same_file_keeps_state_and_leases_and_the_worker_goes_on()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        SearchDetail before;
        LeaseKey lease;
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("manager", trials: 4));
            var worker = first.Worker("w", slots: 2);
            await worker.ConnectAsync();
            lease = (await worker.RequestAsync(2))[0].Lease;
            worker.Measure(lease, 1);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
            before = await first.DetailAsync("manager");
        }

        await using var second = await SearchSystem.StartAsync(journalFile: file);
        (await second.DetailAsync("manager")).ShouldBe(before);
        var again = second.Worker("w", slots: 2);
        await again.ConnectAsync(lease);
        again.Measure(lease, 1);
        (await again.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(1);
        again.Finish(lease, 2);

        (await again.ExpectAsync<WorkerProtocol.ReportAccepted>()).Seq.ShouldBe(2);
        var detail = await second.DetailAsync("manager");
        detail.Summary.Counts.Completed.ShouldBe(1);
        detail.Summary.Counts.Running.ShouldBe(1);
    }

    [Fact]
    public async Task A_restarted_coordinator_compares_with_what_trials_reached_before()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        var options = ParameterValues.Empty
            .With("max", ParameterValue.Integer(9))
            .With("min", ParameterValue.Integer(1))
            .With("variant", ParameterValue.Text("promotion"));
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("halved", trials: 3) with { Scheduler = new SchedulerSpec("asha", options) });
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            await PauseAsync(worker, 3);
            await PauseAsync(worker, 1);
        }

        await using var second = await SearchSystem.StartAsync(journalFile: file);
        var again = second.Worker("w");
        await again.ConnectAsync();
        await PauseAsync(again, 2);
        var promoted = (await again.RequestAsync(1)).Single().ShouldBeOfType<TrialAssignment>();

        (promoted.Lease.Item, promoted.FromResource, promoted.UntilResource).ShouldBe((WorkItem.Trial(new TrialId(1)), 1, 3));

        static async Task PauseAsync(TestWorker worker, double value)
        {
            var lease = await worker.LeaseAsync();
            worker.Send(new SearchCommands.ReportMeasurement(
                lease, 1, new Measurement(1, TestWorker.Values(value), TimeSpan.FromSeconds(1)), null));
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
            var result = new TrialResult(value, 1, 1, TestWorker.Values(value), TimeSpan.FromSeconds(1), HasModel: false);
            worker.Send(new SearchCommands.ReportOutcome(lease, 2, new AttemptCompleted(result, TrainingStop.ResourceLimit), null));
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        }
    }

    [Fact]
    public async Task A_lease_that_was_written_but_never_sent_is_given_out_again_by_the_next_hello()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        LeaseKey lost;
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("unsent", trials: 1));
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            lost = await worker.LeaseAsync();
        }

        await using var second = await SearchSystem.StartAsync(journalFile: file);
        var again = second.Worker("w");
        second.Clock.Advance(TimeSpan.FromSeconds(2));
        await again.ConnectAsync();

        var lease = await again.LeaseAsync();
        (lease.Item, lease.Attempt).ShouldBe((lost.Item, 2));
        (await second.DetailAsync("unsent")).Running.ShouldHaveSingleItem().Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Promise", "R20")]
    public async Task A_lease_that_reached_no_process_before_all_ended_in_order_is_charged_to_nobody(bool awaitsResume)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        LeaseKey lost;
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("together", trials: 1));
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            lost = await worker.LeaseAsync();
        }

        await using var second = await SearchSystem.StartAsync(settings => settings with { AwaitsResume = awaitsResume }, file);
        if (awaitsResume)
        {
            second.Clock.Advance(TimeSpan.FromSeconds(20));
            (await second.DetailAsync("together")).Summary.Counts.Running.ShouldBe(1, "its worker may know more when it goes on");
            await second.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.ResumeSearch(new SearchId("together")));
        }

        // The one between was killed before it could say anything.
        var next = second.Worker("w", incarnation: "three");
        next.SayHelloAfterExits("zero", "one");
        var lease = await next.LeaseAsync();

        (lease.Item, lease.Attempt).ShouldBe((lost.Item, 2));
        var trial = (await second.DetailAsync("together")).Running.ShouldHaveSingleItem();
        trial.Failure.ShouldBeNull();
        trial.Losses.ShouldBeNull();
    }

    [Fact]
    public async Task A_search_that_waits_to_be_resumed_is_stopped_though_its_worker_is_gone()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("stopped", trials: 1));
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            await worker.LeaseAsync();
        }

        await using var second = await SearchSystem.StartAsync(settings => settings with { AwaitsResume = true }, file);
        await second.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.StopSearch(new SearchId("stopped"), StopMode.Now));
        await second.DetailAsync("stopped");
        second.Clock.Advance(TimeSpan.FromSeconds(16));

        await second.WhenAsync("stopped", detail => detail.Summary.State == SearchLifecycle.Stopped);
    }

    [Fact]
    public async Task Looking_at_a_recovered_search_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("watched"));
        }

        await using var second = await SearchSystem.StartAsync(journalFile: file);
        var revision = (await second.DetailAsync("watched")).Revision;
        second.Clock.Advance(TimeSpan.FromHours(1));
        await second.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());

        var later = await second.DetailAsync("watched");
        later.Revision.ShouldBe(revision);
        later.ActiveTime.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Recovers_from_a_snapshot_and_the_events_after_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        SearchDetail before;
        await using (var first = await SearchSystem.StartAsync(settings => settings with { SnapshotInterval = 5 }, file))
        {
            await first.SubmitAsync(TestSpecs.Random("snapped", trials: 20));
            var worker = first.Worker("w");
            await worker.ConnectAsync();
            for (var trial = 0; trial < 15; trial++)
            {
                var lease = await worker.LeaseAsync();
                worker.Finish(lease, 1, value: trial);
                await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
            }

            before = await first.DetailAsync("snapped");
        }

        await using var second = await SearchSystem.StartAsync(journalFile: file);

        (await second.DetailAsync("snapped")).ShouldBe(before);
    }
}
