using Microsoft.Data.Sqlite;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>While somebody watches a journal that takes no writes, searches answer and write nothing.</summary>
public sealed class JournalHoldTests
{
    private static readonly SearchCommands.PauseSearch Pause = new(new SearchId("held"));

    [Fact]
    public async Task A_search_is_looked_at_as_ever_tells_since_when_it_waits_and_tries_no_write()
    {
        var (system, health) = await HeldAsync();
        await using var held = system;
        var failed = system.Journal.FailedWrites;

        for (var i = 0; i < 3; i++)
        {
            var refused = await system.AskAsync<SearchReplies.CommandRejected>(Pause);
            refused.Code.ShouldBe(RejectionCode.JournalUnavailable);
            refused.Message.ShouldContain("was not taken, and nothing was written. The journal /lab/journal.db cannot be written");
        }

        var detail = await system.DetailAsync("held");
        detail.TroubleSince.ShouldBe(system.Clock.GetUtcNow());
        detail.Trouble.ShouldBe(health.Trouble);
        system.Journal.FailedWrites.ShouldBe(failed);
        (await system.AskAsync<SearchManagerProtocol.ManagerReady>(new SearchManagerProtocol.GetReadiness())).Searches.ShouldBe(1);
    }

    [Fact]
    public async Task The_list_and_the_cluster_tell_it_and_know_their_workers()
    {
        var (system, health) = await HeldAsync();
        await using var held = system;

        var list = await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());
        var cluster = await system.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster());

        (list.Searches.Count, list.Trouble, list.TroubleSince).ShouldBe((1, health.Trouble, system.Clock.GetUtcNow()));
        (cluster.Workers.Count, cluster.Trouble, cluster.TroubleSince).ShouldBe((1, health.Trouble, system.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_submission_and_a_deletion_are_refused_at_once_and_the_manager_goes_on()
    {
        var (system, _) = await HeldAsync();
        await using var held = system;

        var submission = await system.AskAsync<SearchReplies.CommandRejected>(TestSpecs.Submission(TestSpecs.Random("other")));
        var deletion = await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.DeleteSearch(new SearchId("held")));

        submission.Code.ShouldBe(RejectionCode.JournalUnavailable);
        deletion.Code.ShouldBe(RejectionCode.JournalUnavailable);
        (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Searches.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task All_goes_on_when_the_journal_takes_writes_again()
    {
        var (system, health) = await HeldAsync();
        await using var held = system;

        system.Journal.Failure = null;
        health.Written();

        (await system.AskAsync<SearchReplies.CommandAccepted>(Pause)).State.ShouldBe(SearchLifecycle.Paused);
        (await system.DetailAsync("held")).Trouble.ShouldBeNull();
        await system.SubmitAsync(TestSpecs.Random("after"));
    }

    [Fact]
    public async Task A_worker_that_waits_gets_work_when_the_journal_takes_writes_again()
    {
        var (system, health) = await HeldAsync();
        await using var held = system;
        var worker = system.Worker("w");
        await worker.ConnectAsync();

        system.Journal.Failure = null;
        health.Written();

        (await worker.LeaseAsync()).SearchId.Value.ShouldBe("held");
    }

    [Fact]
    public async Task What_a_trial_met_before_the_journal_was_mended_is_told_no_more()
    {
        JournalHealth? health = null;
        await using var system = await SearchSystem.StartAsync(
            settings => settings with { Health = health = new JournalHealth(failure => failure.Message, settings.Clock) });
        await system.SubmitAsync(TestSpecs.Random("held"));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        worker.Send(new SearchCommands.ReportOutcome(
            lease, 1, new AttemptFailed(new AttemptFailure(TrialFailureKind.StorageUnavailable, "The worker's disk is full.")), null));
        await system.WhenAsync("held", detail => detail.Trouble == "The worker's disk is full.");

        health!.NotWritten(new IOException("full"));
        health.Written();

        (await system.DetailAsync("held")).Trouble.ShouldBeNull();
    }

    private static async Task<(SearchSystem System, JournalHealth Health)> HeldAsync()
    {
        JournalHealth? health = null;
        var system = await SearchSystem.StartAsync(settings => settings with
        {
            Health = health = new JournalHealth(
                failure => JournalFailures.Describe(new SqliteJournal("/lab/journal.db"), failure), settings.Clock),
        });
        await system.SubmitAsync(TestSpecs.Random("held"));
        await system.Worker("other").ConnectAsync();
        health!.Watch();
        system.Journal.Failure = new SqliteException("database or disk is full", 13);
        await system.AskAsync<SearchReplies.CommandRejected>(Pause);
        await Patience.UntilAsync(
            async () => await system.AskAsync<object>(new SearchQueries.GetSearch(Pause.SearchId)) is SearchDetail { Trouble: not null });
        await system.AskAsync<SearchManagerProtocol.ManagerReady>(new SearchManagerProtocol.GetReadiness());
        return (system, health);
    }
}
