using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Reading;

public sealed class JournalSearchServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1_000)]
    [InlineData(5)]
    public async Task Shows_what_a_coordinator_shows_that_has_just_recovered(int snapshotInterval)
    {
        var file = await WriteAsync(snapshotInterval);
        SearchList list;
        SearchDetail detail;
        TrialPage trials;
        SearchSpecView spec;
        await using (var system = await SearchSystem.StartAsync(journalFile: file))
        {
            list = await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches());
            detail = await system.DetailAsync("one");
            trials = await system.AskAsync<TrialPage>(new SearchQueries.GetTrials(new SearchId("one"), 0, 100, IncludeCurve: true));
            spec = await system.AskAsync<SearchSpecView>(new SearchQueries.GetSpec(new SearchId("one")));
        }

        using var service = Open();

        (await service.ListAsync(Token)).ShouldBe(list);
        (await service.GetAsync(new SearchId("one"), Token)).ShouldBe(detail);
        (await service.GetTrialsAsync(new(new SearchId("one"), 0, 100, IncludeCurve: true), Token)).ShouldBe(trials);
        (await service.GetSpecAsync(new SearchId("one"), Token)).ShouldBe(spec);
        (await service.GetClusterAsync(Token)).Searches.ShouldBe(2);
    }

    [Fact]
    public async Task Reads_beside_the_coordinator_that_writes_and_sees_what_it_acknowledged()
    {
        var file = Path.Combine(_folder.Path, "journal.db");
        await using var system = await SearchSystem.StartAsync(journalFile: file);
        await system.SubmitAsync(TestSpecs.Random("live"));
        await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(new SearchId("live")));

        using var first = Open();
        using var second = Open();

        (await first.GetAsync(new SearchId("live"), Token)).Summary.State.ShouldBe(SearchLifecycle.Paused);
        (await second.ListAsync(Token)).Searches.ShouldHaveSingleItem();
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.ResumeSearch(new SearchId("live")))).State.ShouldBe(
            SearchLifecycle.Running);
    }

    [Fact]
    public async Task What_the_journal_says_to_run_is_interrupted_where_nobody_holds_it()
    {
        await WriteAsync(1_000);
        using var service = JournalSearchService.Open(null, StateFolder.Resolve(_folder.Path), TimeProvider.System, isAbandoned: true);

        var list = await service.ListAsync(Token);
        var two = await service.GetAsync(new SearchId("two"), Token);
        var trials = await service.GetTrialsAsync(new(new SearchId("two"), 0, 100, IncludeCurve: false), Token);

        list.Searches.Select(search => search.State).ShouldBe([SearchLifecycle.Completed, SearchLifecycle.Interrupted]);
        (two.Summary.State, two.Running.Count, two.Summary.Counts.Running).ShouldBe((SearchLifecycle.Interrupted, 0, 0));
        two.Summary.Counts.Waiting.ShouldBeGreaterThan(0);
        trials.Trials.ShouldAllBe(trial => trial.State != TrialState.Running);
    }

    [Fact]
    public async Task A_search_that_is_not_there_is_told_as_the_coordinator_does()
    {
        await WriteAsync(1_000);
        using var service = Open();

        (await Should.ThrowAsync<SearchServiceException>(() => service.GetAsync(new SearchId("none"), Token))).Problem.Status.ShouldBe(404);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JournalSearchService Open() => JournalSearchService.Open(null, StateFolder.Resolve(_folder.Path), TimeProvider.System);

    private async Task<string> WriteAsync(int snapshotInterval)
    {
        var file = Path.Combine(_folder.Path, "journal.db");
        await using var system = await SearchSystem.StartAsync(settings => settings with { SnapshotInterval = snapshotInterval }, file);
        await system.SubmitAsync(TestSpecs.Random("one", trials: 4));
        await system.SubmitAsync(TestSpecs.Random("two"));
        var worker = system.Worker("w", slots: 2);
        await worker.ConnectAsync();
        for (var trial = 0; trial < 6; trial++)
        {
            var lease = await worker.LeaseAsync();
            worker.Measure(lease, 1);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
            worker.Finish(lease, 2, value: trial);
            await worker.ExpectAsync<WorkerProtocol.ReportAccepted>();
        }

        await worker.LeaseAsync();
        return file;
    }
}
