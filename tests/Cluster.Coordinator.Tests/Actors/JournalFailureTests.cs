namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class JournalFailureTests
{
    // Whoever is asked while he starts again never answers; then he is asked again.
    private static readonly TimeSpan OneQuestion = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_failed_write_is_told_and_the_search_starts_again_as_it_was()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("sick"));
        var before = await system.DetailAsync("sick");
        system.Journal.Failure = new IOException("disk full");

        var refused = await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PauseSearch(before.SearchId));
        system.Journal.Failure = null;
        await Patience.UntilAsync(async () => await system.AskAsync<object>(new SearchQueries.GetSearch(before.SearchId)) is SearchDetail);

        refused.Code.ShouldBe(RejectionCode.JournalUnavailable);
        refused.Message.ShouldContain("disk full");
        (await system.DetailAsync("sick")).Summary.State.ShouldBe(SearchLifecycle.Running);
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(before.SearchId))).State.ShouldBe(
            SearchLifecycle.Paused);
    }

    [Fact]
    public async Task Whoever_was_refused_and_asks_again_at_once_gets_an_answer()
    {
        // It stays in recovery for long, so that it is there still whenever the question comes.
        await using var system = await SearchSystem.StartAsync(
            settings => settings with { MinimumBackoff = TimeSpan.FromHours(1), MaximumBackoff = TimeSpan.FromHours(1) });
        for (var i = 0; i < 40; i++)
        {
            await system.SubmitAsync(TestSpecs.Random($"sick-{i}"));
            system.Journal.Failure = new IOException("disk full");
            await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PauseSearch(new SearchId($"sick-{i}")));

            var answer = await system.AskAsync<object>(new SearchQueries.GetSearch(new SearchId($"sick-{i}")));

            answer.ShouldBeOfType<SearchReplies.CommandRejected>().Message.ShouldContain("is being recovered");
            system.Journal.Failure = null;
        }
    }

    [Fact]
    [Trait("Promise", "R03")]
    public async Task A_report_whose_write_failed_is_not_acknowledged_and_counts_once_when_sent_again()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("again", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        system.Journal.Failure = new IOException("disk full");

        worker.Finish(lease, 1);
        await Patience.UntilAsync(() => system.Journal.FailedWrites > 0);
        system.Journal.Failure = null;
        await Patience.UntilAsync(async () => await system.AskAsync<object>(new SearchQueries.GetSearch(lease.SearchId)) is SearchDetail);
        worker.Probe.HasMessages.ShouldBeFalse();
        worker.Finish(lease, 1);

        (await worker.ExpectAsync<WorkerProtocol.ReportAccepted>()).Lease.ShouldBe(lease);
        system.Journal.Events.OfType<SearchEvents.TrialFinished>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_failed_registration_is_told_and_the_manager_starts_again()
    {
        await using var system = await SearchSystem.StartAsync();
        system.Journal.Failure = new IOException("disk full");

        var refused = await system.AskAsync<SearchReplies.CommandRejected>(TestSpecs.Submission(TestSpecs.Random("unborn")));
        system.Journal.Failure = null;

        refused.Code.ShouldBe(RejectionCode.JournalUnavailable);
        await Patience.UntilAsync(
            async () => await system.Manager
                .Ask<object>(new SearchManagerProtocol.GetReadiness(), OneQuestion)
                .ContinueWith(task => task.IsCompletedSuccessfully, TaskScheduler.Default));
        await system.SubmitAsync(TestSpecs.Random("unborn"));
    }

    [Fact]
    public async Task Readiness_is_told_only_when_every_search_could_be_read()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("unread"));
        (system.Journal.Failure, system.Journal.CannotBeRead) = (new IOException("disk full"), true);
        var pause = new SearchCommands.PauseSearch(new SearchId("unread"));
        await system.AskAsync<SearchReplies.CommandRejected>(pause);
        var reads = system.Journal.FailedReads;
        await Patience.UntilAsync(() => system.Journal.FailedReads > reads);
        var asker = system.Probe();

        system.Manager.Tell(new SearchManagerProtocol.GetReadiness(), asker.Ref);
        await system.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster());
        asker.HasMessages.ShouldBeFalse();
        (system.Journal.Failure, system.Journal.CannotBeRead) = (null, false);

        (await asker.ExpectMsgAsync<SearchManagerProtocol.ManagerReady>()).Searches.ShouldBe(1);
    }
}
