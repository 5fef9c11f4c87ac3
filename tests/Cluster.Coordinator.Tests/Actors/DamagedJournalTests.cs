using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class DamagedJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public DamagedJournalTests() => _file = Path.Combine(_folder.Path, "journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_byte_of_one_event_costs_its_search_only_and_is_told_with_place_and_number()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_file, "journal", "search-sick", 3, 20);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        var list = await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());
        list.Searches
            .Select(search => (search.SearchId.Value, search.State))
            .ShouldBe([("sick", SearchLifecycle.Damaged), ("well", SearchLifecycle.Running)], ignoreOrder: true);
        var damage = list.Damaged!.ShouldHaveSingleItem();
        (damage.Search.Value, damage.EventNumber, damage.Intact, damage.Place).ShouldBe(("sick", 3L, 2L, _file));
        (await system.DetailAsync("sick")).Damage.ShouldBe(damage);
        var refused = await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PauseSearch(new SearchId("sick")));
        refused.Code.ShouldBe(RejectionCode.Damaged);
        refused.Message.ShouldContain("event 3");
        refused.Message.ShouldContain("journal salvage sick");
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("well")))).State.ShouldBe(
            SearchLifecycle.Paused);
    }

    [Fact]
    public async Task Nothing_of_a_damaged_search_is_said_to_run()
    {
        await using (var writing = await SearchSystem.StartAsync(journalFile: _file))
        {
            await writing.SubmitAsync(TestSpecs.Random("sick", trials: 6));
            var worker = writing.Worker("w", slots: 2);
            await worker.ConnectAsync();
            worker.Measure((await worker.RequestAsync(2))[0].Lease, 1);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        }

        JournalSurgery.Flip(_file, "journal", "search-sick", JournalSurgery.Count(_file, "journal", "search-sick"), 20);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);
        var detail = await system.DetailAsync("sick");
        var trials = await system.AskAsync<TrialPage>(new SearchQueries.GetTrials(new SearchId("sick"), 0, 100, IncludeCurve: false));

        detail.Damage.ShouldNotBeNull();
        (detail.Summary.Counts.Running, detail.Running.Count).ShouldBe((0, 0));
        detail.Summary.Counts.Waiting.ShouldBeGreaterThan(0);
        trials.Trials.ShouldAllBe(trial => trial.State != TrialState.Running);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_damaged_search_can_be_deleted_and_its_name_is_free(long number)
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_file, "journal", "search-sick", number, 20);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        (await system.AskAsync<SearchReplies.SearchRemoved>(new SearchCommands.DeleteSearch(new SearchId("sick")))).AlreadyDone
            .ShouldBeFalse();
        (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Damaged.ShouldBeNull();
        await system.SubmitAsync(TestSpecs.Random("sick", trials: 2));
        (await system.DetailAsync("sick")).Budget.Trials.ShouldBe(2);
        (await system.DetailAsync("well")).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task A_missing_event_in_the_middle_is_damage_as_well()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Remove(_file, "search-sick", 4);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        var damage = (await system.DetailAsync("sick")).Damage.ShouldNotBeNull();
        (damage.EventNumber, damage.Explanation).ShouldBe((4L, "it is missing"));
        (await system.DetailAsync("well")).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task A_search_whose_submission_is_damaged_is_listed_and_refused()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_file, "journal", "search-sick", 1, 0);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        var list = await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());
        list.Searches.ShouldHaveSingleItem().SearchId.Value.ShouldBe("well");
        list.Damaged!.ShouldHaveSingleItem().Search.Value.ShouldBe("sick");
        (await system.AskAsync<SearchReplies.CommandRejected>(new SearchQueries.GetSearch(new SearchId("sick")))).Code.ShouldBe(
            RejectionCode.Damaged);
    }

    [Fact]
    public async Task A_damaged_snapshot_costs_nothing_because_the_events_are_read_instead()
    {
        var before = await WriteAsync(["sick", "well"], snapshotInterval: 2);
        JournalSurgery.Flip(
            _file,
            "snapshot",
            "search-sick",
            (long)JournalSurgery.Run(_file, "SELECT max(sequence_number) FROM snapshot WHERE persistence_id = 'search-sick'")!,
            100);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        (await system.DetailAsync("sick")).ShouldBe(before);
    }

    [Fact]
    public async Task An_event_that_a_snapshot_makes_up_for_is_told_as_that_and_the_check_says_what_all_commands_say()
    {
        await WriteAsync(["sick"], snapshotInterval: 2);
        var first = (long)JournalSurgery.Run(_file, "SELECT min(sequence_number) FROM snapshot WHERE persistence_id = 'search-sick'")!;
        JournalSurgery.Run(_file, "DELETE FROM snapshot WHERE persistence_id = 'search-sick' AND sequence_number > @number", number: first);
        JournalSurgery.Flip(_file, "journal", "search-sick", 1, 0);

        var covered = JournalCheck.Run(new SqliteJournal(_file));

        covered.IsWhole.ShouldBeFalse();
        var found = covered.Searches.ShouldHaveSingleItem();
        (found.Damage, found.Covered!.EventNumber).ShouldBe((null, 1));

        JournalSurgery.Flip(_file, "journal", "search-sick", first + 2, 0);
        var damaged = JournalCheck.Run(new SqliteJournal(_file)).Searches.ShouldHaveSingleItem();
        (damaged.Damage!.EventNumber, damaged.Events, damaged.Covered!.EventNumber).ShouldBe((first + 2, first + 1, 1));
        await using var system = await SearchSystem.StartAsync(journalFile: _file);
        (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Damaged!.ShouldHaveSingleItem().EventNumber
            .ShouldBe(first + 2);
    }

    [Fact]
    public async Task A_registration_that_cannot_be_read_loses_no_search()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_file, "journal", "searches", 1, 3);

        await using var system = await SearchSystem.StartAsync(journalFile: _file);

        var list = await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());
        list.Searches.Select(search => search.SearchId.Value).ShouldBe(["sick", "well"], ignoreOrder: true);
        await system.SubmitAsync(TestSpecs.Random("third"));
    }

    [Theory]
    [InlineData("UPDATE journal SET writer_uuid = 'x' WHERE persistence_id = 'search-sick' AND sequence_number = 3")]
    [InlineData("UPDATE journal SET ordering = 100000 WHERE persistence_id = 'search-sick' AND sequence_number = 3")]
    public async Task What_only_the_plugin_stumbles_over_costs_nothing(string sql)
    {
        var before = await WriteAsync("sick", "well");
        JournalSurgery.Run(_file, sql);

        await using (var system = await SearchSystem.StartAsync(journalFile: _file))
        {
            (await system.DetailAsync("sick")).ShouldBe(before);
            (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(before.SearchId))).State.ShouldBe(
                SearchLifecycle.Paused);
        }

        await using var again = await SearchSystem.StartAsync(journalFile: _file);
        (await again.DetailAsync("sick")).Summary.State.ShouldBe(SearchLifecycle.Paused);
    }

    [Fact]
    public async Task Salvage_keeps_what_comes_before_the_damage_and_a_copy_of_the_rest_and_touches_nothing_else()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_file, "journal", "search-sick", 6, -30);
        var (all, well) = (JournalSurgery.Count(_file, "journal", "search-sick"), JournalSurgery.Count(_file, "journal", "search-well"));
        var journal = new SqliteJournal(_file);

        JournalCheck.Run(journal).Searches.Single(search => search.Search.Value == "sick").Damage!.EventNumber.ShouldBe(6);
        var done = new JournalSalvage(journal, StateFolder.Resolve(_folder.Path), TimeProvider.System).Run(new SearchId("sick"));

        (done.Kept, done.Events).ShouldBe((5, (int)all - 5));
        File.ReadAllLines(done.Copy!).Length.ShouldBe((int)all - 5);
        JournalSurgery.Count(_file, "journal", "search-well").ShouldBe(well);
        JournalCheck.Run(journal).IsWhole.ShouldBeTrue();
        await using var system = await SearchSystem.StartAsync(journalFile: _file);
        (await system.DetailAsync("sick")).Damage.ShouldBeNull();
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("sick")))).State.ShouldBe(
            SearchLifecycle.Paused);
    }

    [Fact]
    public async Task Salvage_of_a_whole_search_changes_nothing()
    {
        await WriteAsync("sick", "well");

        new JournalSalvage(new SqliteJournal(_file), StateFolder.Resolve(_folder.Path), TimeProvider.System)
            .Run(new SearchId("sick")).Copy
            .ShouldBeNull();
    }

    private Task<SearchDetail> WriteAsync(params string[] names) => WriteAsync(names, snapshotInterval: 1_000);

    private async Task<SearchDetail> WriteAsync(string[] names, int snapshotInterval)
    {
        await using var system = await SearchSystem.StartAsync(settings => settings with { SnapshotInterval = snapshotInterval }, _file);
        foreach (var name in names)
        {
            await system.SubmitAsync(TestSpecs.Random(name, trials: 6));
        }

        var worker = system.Worker("w");
        await worker.ConnectAsync();
        for (var i = 0; i < 4; i++)
        {
            var lease = await worker.LeaseAsync();
            worker.Finish(lease, 1, value: i);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        }

        if (snapshotInterval < 10)
        {
            // Saved beside the events, and nobody waits for it.
            await Patience.UntilAsync(() => JournalSurgery.Count(_file, "snapshot", $"search-{names[0]}") > 0);
        }

        return await system.DetailAsync(names[0]);
    }
}
