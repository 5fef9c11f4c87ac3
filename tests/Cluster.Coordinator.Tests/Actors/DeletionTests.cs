using Microsoft.Data.Sqlite;

namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class DeletionTests
{
    private static readonly SearchId Name = new("gone");

    [Fact]
    public async Task A_deleted_search_is_gone_and_its_name_is_free()
    {
        var removed = new List<SearchId>();
        await using var system = await SearchSystem.StartAsync(settings => settings with { RemoveFilesAsync = Note(removed) });
        await SubmitAndStopAsync(system);

        (await DeleteAsync(system)).ShouldBe(new SearchReplies.SearchRemoved(Name));

        removed.ShouldBe([Name]);
        (await system.AskAsync<SearchReplies.CommandRejected>(new SearchQueries.GetSearch(Name))).Code.ShouldBe(RejectionCode.NotFound);
        (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Searches.ShouldBeEmpty();
        (await DeleteAsync(system)).ShouldBe(new SearchReplies.SearchRemoved(Name, AlreadyDone: true));
        await system.SubmitAsync(TestSpecs.Random(Name.Value, trials: 2));
        (await system.DetailAsync(Name.Value)).Budget.Trials.ShouldBe(2);
    }

    [Fact]
    public async Task A_running_search_is_not_deleted()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random(Name.Value));

        var refused = (await DeleteAsync(system)).ShouldBeOfType<SearchReplies.CommandRejected>();

        refused.Code.ShouldBe(RejectionCode.WrongState);
        (await system.DetailAsync(Name.Value)).Summary.State.ShouldBe(SearchLifecycle.Running);
    }

    [Fact]
    public async Task A_name_that_was_mistyped_is_not_found_and_the_near_one_is_named()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("digits"));

        foreach (object message in new object[]
        {
            new SearchCommands.DeleteSearch(new("digit")),
            new SearchQueries.GetSearch(new("digit")),
            new SearchCommands.PauseSearch(new("digit")),
        })
        {
            var refused = await system.AskAsync<SearchReplies.CommandRejected>(message);
            refused.Message.ShouldBe("There is no search 'digit'. Did you mean \"digits\"?");
        }
    }

    [Fact]
    public async Task What_a_crash_interrupted_is_removed_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using (var first = await SearchSystem.StartAsync(
            settings => settings with { RemoveFilesAsync = (_, _) => Task.FromException(new IOException("The disk is gone.")) }, file))
        {
            await SubmitAndStopAsync(first);
            var refused = (await DeleteAsync(first)).ShouldBeOfType<SearchReplies.CommandRejected>();
            refused.Message.ShouldContain("The disk is gone.");
            (await first.AskAsync<SearchReplies.CommandRejected>(new SearchQueries.GetSearch(Name))).Code.ShouldBe(RejectionCode.NotFound);
        }

        var removed = new List<SearchId>();
        await using var second = await SearchSystem.StartAsync(settings => settings with { RemoveFilesAsync = Note(removed) }, file);
        await Patience.UntilAsync(() => removed.Count > 0);

        (await DeleteAsync(second)).ShouldBeOfType<SearchReplies.SearchRemoved>();
        await second.SubmitAsync(TestSpecs.Random(Name.Value, trials: 2));
        (await second.DetailAsync(Name.Value)).Summary.Counts.Finished.ShouldBe(0);
    }

    [Fact]
    public async Task Events_and_snapshots_are_gone_from_the_journal()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using var system = await SearchSystem.StartAsync(settings => settings with { SnapshotInterval = 2 }, file);
        await SubmitAndStopAsync(system);

        (await DeleteAsync(system)).ShouldBeOfType<SearchReplies.SearchRemoved>();

        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        (await CountAsync(connection, "SELECT count(*) FROM journal WHERE persistence_id = 'search-gone' AND deleted = 0")).ShouldBe(0);
        (await CountAsync(connection, "SELECT count(*) FROM snapshot WHERE persistence_id = 'search-gone'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_search_that_was_interrupted_waits_until_it_is_resumed_where_another_one_is_run()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "journal.db");
        await using (var first = await SearchSystem.StartAsync(journalFile: file))
        {
            await first.SubmitAsync(TestSpecs.Random("interrupted", trials: 2));
        }

        await using var second = await SearchSystem.StartAsync(settings => settings with { AwaitsResume = true }, file);
        await second.SubmitAsync(TestSpecs.Random("wanted", trials: 1));
        var worker = second.Worker("w");
        await worker.ConnectAsync();
        worker.Finish(await worker.LeaseAsync(), 1);
        await second.WhenAsync("wanted", detail => detail.Summary.State == SearchLifecycle.Completed);
        worker.Request(1);
        (await second.DetailAsync("interrupted")).Summary.Counts.Running.ShouldBe(0);

        await second.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.ResumeSearch(new("interrupted")));

        (await worker.AssignedAsync()).Single().Lease.SearchId.Value.ShouldBe("interrupted");
    }

    private static Func<SearchId, string?, Task> Note(List<SearchId> removed) => (search, _) =>
    {
        removed.Add(search);
        return Task.CompletedTask;
    };

    private static async Task SubmitAndStopAsync(SearchSystem system)
    {
        await system.SubmitAsync(TestSpecs.Random(Name.Value));
        await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.StopSearch(Name, StopMode.Now));
    }

    private static Task<object> DeleteAsync(SearchSystem system) => system.AskAsync<object>(new SearchCommands.DeleteSearch(Name));

    private static async Task<long> CountAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
