using Microsoft.Data.Sqlite;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class JournalTroubleTests
{
    [Fact]
    public async Task A_full_disk_is_told_with_its_path_while_it_lasts_and_work_goes_on_after()
    {
        await using var system = await SearchSystem.StartAsync(settings => settings with
        {
            Health = new JournalHealth(
                failure => JournalFailures.Describe(new SqliteJournal("/lab/journal.db"), failure), settings.Clock),
        });
        await system.SubmitAsync(TestSpecs.Random("waits"));
        var pause = new SearchCommands.PauseSearch(new SearchId("waits"));
        system.Journal.Failure = new SqliteException("database or disk is full", 13);

        var refused = await system.AskAsync<SearchReplies.CommandRejected>(pause);
        refused.Message.ShouldContain("The journal /lab/journal.db cannot be written: its disk is full.");
        await Patience.UntilAsync(
            async () => await system.AskAsync<object>(new SearchQueries.GetSearch(pause.SearchId)) is SearchDetail { Trouble: { } trouble }
                && trouble.Contains("its disk is full", StringComparison.Ordinal));
        system.Journal.Failure = null;
        await Patience.UntilAsync(async () => await system.AskAsync<object>(pause) is SearchReplies.CommandAccepted);

        (await system.DetailAsync("waits")).Trouble.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Promise", "R19")]
    public async Task Trials_are_given_out_again_when_the_journal_can_be_written_again(bool awaitsResume)
    {
        await using var system = await SearchSystem.StartAsync(settings => settings with { AwaitsResume = awaitsResume });
        await system.SubmitAsync(TestSpecs.Random("goes-on"));
        var worker = system.Worker("w1");
        await worker.ConnectAsync();
        system.Journal.Failure = new SqliteException("database or disk is full", 13);
        var pause = new SearchCommands.PauseSearch(new SearchId("goes-on"));
        await system.AskAsync<SearchReplies.CommandRejected>(pause);
        system.Journal.Failure = null;

        (await worker.LeaseAsync()).SearchId.ShouldBe(pause.SearchId);
    }

    [Fact]
    public async Task A_search_that_is_stopped_by_its_journal_can_be_looked_at_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using var system = await SearchSystem.StartAsync(
            settings => settings with { MinimumBackoff = TimeSpan.FromHours(1), MaximumBackoff = TimeSpan.FromHours(1) }, file);
        await system.SubmitAsync(TestSpecs.Random("stopped"));
        var before = await system.DetailAsync("stopped");
        JournalSurgery.Run(file, "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no'); END");

        await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PauseSearch(before.SearchId));
        await Patience.UntilAsync(
            async () => (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Searches.Count == 1);

        (await system.DetailAsync("stopped")).Summary.ShouldBe(before.Summary);
        (await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PauseSearch(before.SearchId))).Code.ShouldBe(
            RejectionCode.JournalUnavailable);
    }

    [Fact]
    public async Task A_reading_that_failed_in_passing_is_not_told_once_the_journal_has_answered()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        var isFirst = true;
        await using var system = await SearchSystem.StartAsync(
            settings =>
            {
                var open = settings.OpenJournal!;
                return settings with
                {
                    OpenJournal = () =>
                    {
                        var refuses = isFirst;
                        isFirst = false;
                        return refuses ? throw new SqliteException("database disk image is malformed", 11) : open();
                    },
                };
            },
            file);
        await system.SubmitAsync(TestSpecs.Random("whole"));

        (await system.DetailAsync("whole")).Trouble.ShouldBeNull();
        isFirst.ShouldBeFalse();
    }

    [Fact]
    public async Task A_journal_that_was_deleted_takes_no_submission()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using var system = await SearchSystem.StartAsync(journalFile: file);
        await system.SubmitAsync(TestSpecs.Random("before"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "elsewhere"));
        foreach (var each in Directory.GetFiles(folder.Path))
        {
            File.Move(each, Path.Combine(folder.Path, "elsewhere", Path.GetFileName(each)));
        }

        var refused = await system.AskAsync<SearchReplies.CommandRejected>(TestSpecs.Submission(TestSpecs.Random("after")));
        refused.Code.ShouldBe(RejectionCode.JournalUnavailable);
        refused.Message.ShouldContain("was deleted, moved or replaced");
        File.Exists(file).ShouldBeFalse();

        foreach (var each in Directory.GetFiles(Path.Combine(folder.Path, "elsewhere")))
        {
            File.Move(each, Path.Combine(folder.Path, Path.GetFileName(each)));
        }

        await Patience.UntilAsync(
            async () => await system.Manager
                .Ask<object>(TestSpecs.Submission(TestSpecs.Random("again")), TimeSpan.FromSeconds(5))
                .ContinueWith(
                task => task.IsCompletedSuccessfully && task.GetAwaiter().GetResult() is SearchReplies.CommandAccepted,
                TaskScheduler.Default));
    }
}
