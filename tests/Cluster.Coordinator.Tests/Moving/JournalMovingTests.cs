using SearchCluster.Coordinator.Moving;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Coordinator.Tests.Moving;

/// <summary>Searches go from journal to journal as a whole or not at all.</summary>
public sealed class JournalMovingTests : IDisposable
{
    private const string PostgresVariable = "SEARCHCLUSTER_TEST_POSTGRES";

    private readonly TemporaryFolder _folder = new();
    private readonly StateFolder _source;
    private readonly StateFolder _target;
    private readonly string _file;

    public JournalMovingTests()
    {
        (_source, _target) = (Folder("source"), Folder("target"));
        _file = Path.Combine(_folder.Path, "searches.jsonl");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_moved_is_the_same_search_and_goes_on()
    {
        await WriteAsync("one", "two");
        Export().Select(search => (search.Search.Value, search.Damage)).ShouldBe([("one", null), ("two", null)]);

        var imported = await ImportAsync();

        imported.Select(search => (search.Search.Value, search.Added == search.Events)).ShouldBe([("one", true), ("two", true)]);
        Same("one", new SqliteJournal(_target.JournalFile));
        Same("two", new SqliteJournal(_target.JournalFile));
        await using var system = await SearchSystem.StartAsync(journalFile: _target.JournalFile);
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("one")))).State
            .ShouldBe(SearchLifecycle.Paused);
        var (one, two) = (await system.DetailAsync("one"), await system.DetailAsync("two"));
        (one.Summary.Counts.Completed + two.Summary.Counts.Completed).ShouldBe(4);
    }

    [Fact]
    public async Task An_import_again_adds_nothing_and_one_that_was_interrupted_goes_on()
    {
        await WriteAsync("one", "two");
        Export();
        await ImportAsync();
        (await ImportAsync()).ShouldAllBe(search => search.Added == 0);

        // As if the process had ended after the second event of the second search.
        JournalSurgery.Run(_target.JournalFile, "DELETE FROM journal WHERE persistence_id = 'search-two' AND sequence_number > 2");
        JournalSurgery.Run(_target.JournalFile, "DELETE FROM journal WHERE persistence_id = 'searches' AND sequence_number > 1");

        var rest = await ImportAsync();

        rest.Select(search => search.Events - search.Added).ShouldBe([rest[0].Events, 2]);
        Same("two", new SqliteJournal(_target.JournalFile));
        JournalCheck.Run(new SqliteJournal(_target.JournalFile)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_search_that_has_gone_on_further_than_the_file_stays_as_it_is()
    {
        await WriteAsync("one");
        Export();
        await using (var system = await SearchSystem.StartAsync(journalFile: _source.JournalFile))
        {
            await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("one")));
        }

        var before = Events("one", new SqliteJournal(_source.JournalFile));

        (await new JournalImport(new SqliteJournal(_source.JournalFile), _source, TimeProvider.System)
            .RunAsync(_file, (_, _, _) => { }, TestContext.Current.CancellationToken)).Single().Added.ShouldBe(0);

        Events("one", new SqliteJournal(_source.JournalFile)).ShouldBe(before);
    }

    [Fact]
    public async Task Only_the_named_searches_are_exported()
    {
        await WriteAsync("one", "two");

        Export("two").Single().Search.Value.ShouldBe("two");

        (await ImportAsync()).Single().Search.Value.ShouldBe("two");
        Should.Throw<ArchiveException>(() => Export("three")).Fault.ShouldBe(ArchiveFault.NotFound);
    }

    [Fact]
    public async Task A_changed_or_cut_file_is_refused_by_line_and_nothing_is_imported()
    {
        await WriteAsync("one");
        Export();
        var lines = await File.ReadAllLinesAsync(_file);

        for (var line = 0; line <= lines.Length; line++)
        {
            await RefusedAsync(lines[..line], $"the first {line} lines", line < lines.Length);
        }

        for (var line = 1; line < lines.Length - 1; line++)
        {
            await RefusedAsync([.. lines[..line], .. lines[(line + 1)..]], $"without line {line + 1}");
            var changed = lines[line].Replace("\"at\":\"2026-", "\"at\":\"2025-");
            await RefusedAsync([.. lines[..line], changed, .. lines[(line + 1)..]], $"line {line + 1}");
        }

        await RefusedAsync([.. lines, "{}"], "more behind the end");
        await RefusedAsync([lines[0].Replace("\"version\":1", "\"version\":2"), .. lines[1..]], "a later version");
        await RefusedAsync(["# a spec", "name: one"], "another file");
    }

    [Fact]
    public async Task A_search_with_other_events_is_refused_and_stays_as_it_is()
    {
        await WriteAsync("one", "two");
        Export();
        await WriteToAsync(_target, trials: 3, "two");
        var before = Events("two", new SqliteJournal(_target.JournalFile));

        (await Should.ThrowAsync<ArchiveException>(ImportAsync)).Fault.ShouldBe(ArchiveFault.Conflict);

        Events("two", new SqliteJournal(_target.JournalFile)).ShouldBe(before);
        Events("one", new SqliteJournal(_target.JournalFile)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_damaged_search_only_salvage_keeps_what_comes_before()
    {
        await WriteAsync("sick", "well");
        JournalSurgery.Flip(_source.JournalFile, "journal", "search-sick", 3, 20);

        Should.Throw<ArchiveException>(() => Export()).Fault.ShouldBe(ArchiveFault.Search);
        File.Exists(_file).ShouldBeFalse();

        var exported = new JournalExport(new SqliteJournal(_source.JournalFile), TimeProvider.System).Run([], _file, keepsDamaged: true);

        exported.Select(search => (search.Search.Value, search.Damage?.EventNumber)).ShouldBe([("sick", 3L), ("well", null)]);
        (await ImportAsync())[0].Events.ShouldBe(2);
        await using var system = await SearchSystem.StartAsync(journalFile: _target.JournalFile);
        (await system.DetailAsync("sick")).Damage.ShouldBeNull();
    }

    [Fact]
    public async Task A_journal_that_a_coordinator_holds_is_not_written()
    {
        await WriteAsync("one");
        Export();
        using var coordinator = CoordinatorLock.Acquire(_target);

        await Should.ThrowAsync<StateFolderLockedException>(ImportAsync);
    }

    [Fact]
    public async Task From_a_file_to_a_server_and_back()
    {
        var server = Environment.GetEnvironmentVariable(PostgresVariable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(server), $"{PostgresVariable} is not set; it holds the connection string of an empty test database.");
        var name = $"moved-{Guid.NewGuid():N}";
        await WriteAsync(name);
        Export();
        var postgres = new PostgresJournal(server);

        await new JournalImport(postgres, _target, TimeProvider.System)
            .RunAsync(_file, (_, _, _) => { }, TestContext.Current.CancellationToken);

        Same(name, postgres);
        var back = _file + ".back";
        new JournalExport(postgres, TimeProvider.System).Run([new SearchId(name)], back, keepsDamaged: false);
        (await File.ReadAllLinesAsync(back))[1..^1].ShouldBe((await File.ReadAllLinesAsync(_file))[1..^1]);
    }

    private StateFolder Folder(string name)
    {
        var state = StateFolder.Resolve(Path.Combine(_folder.Path, name));
        state.Create();
        return state;
    }

    private Task WriteAsync(params string[] names) => WriteToAsync(_source, trials: 6, names);

    private static async Task WriteToAsync(StateFolder state, int trials, params string[] names)
    {
        await using var system = await SearchSystem.StartAsync(journalFile: state.JournalFile);
        foreach (var name in names)
        {
            await system.SubmitAsync(TestSpecs.Random(name, trials));
        }

        var worker = system.Worker("w");
        await worker.ConnectAsync();
        for (var i = 0; i < 2 * names.Length; i++)
        {
            worker.Finish(await worker.LeaseAsync(), 1, value: i);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        }
    }

    private IReadOnlyList<ExportedSearch> Export(params string[] names) =>
        new JournalExport(new SqliteJournal(_source.JournalFile), TimeProvider.System).Run(
            Array.ConvertAll(names, name => new SearchId(name)), _file, keepsDamaged: false);

    private Task<IReadOnlyList<ImportedSearch>> ImportAsync() =>
        new JournalImport(new SqliteJournal(_target.JournalFile), _target, TimeProvider.System)
            .RunAsync(_file, (_, _, _) => { }, TestContext.Current.CancellationToken);

    private async Task RefusedAsync(string[] lines, string what, bool isRefused = true)
    {
        if (isRefused)
        {
            await File.WriteAllLinesAsync(_file, lines);
            (await Should.ThrowAsync<ArchiveException>(ImportAsync, what)).Fault.ShouldBe(ArchiveFault.File, what);
            File.Exists(_target.JournalFile).ShouldBeFalse(what);
        }
    }

    private void Same(string name, PersistenceOptions target)
    {
        Events(name, target).ShouldBe(Events(name, new SqliteJournal(_source.JournalFile)));
        using var journal = JournalReaders.Open(target);
        using var source = JournalReaders.Open(new SqliteJournal(_source.JournalFile));
        SearchSnapshots.ToSnapshot(SearchReplay.Read(journal, new SearchId(name)).State!)
            .ShouldBe(SearchSnapshots.ToSnapshot(SearchReplay.Read(source, new SearchId(name)).State!));
    }

    private static List<(long, string, string)> Events(string name, PersistenceOptions options)
    {
        using var journal = JournalReaders.Open(options);
        return [.. journal.Events("search-" + name, 0)
            .Select(stored => (stored.SequenceNr, stored.Manifest, Convert.ToHexString(stored.Payload)))];
    }
}
