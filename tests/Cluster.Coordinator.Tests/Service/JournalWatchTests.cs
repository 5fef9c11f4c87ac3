using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Service;

namespace SearchCluster.Coordinator.Tests.Service;

public sealed class JournalWatchTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 10, 0, 0, TimeSpan.Zero));
    private readonly Lines _lines = new();

    [Fact]
    public async Task The_console_has_a_line_for_the_beginning_each_change_and_the_end()
    {
        using var folder = new TemporaryFolder();
        var health = new JournalHealth(failure => failure.Message, _clock);
        var options = TestCoordinator.Options(folder.Path) with { Clock = _clock };
        using var watch = new JournalWatch(options, health, _lines);
        var failure = new IOException("The disk is full.");
        health.NotWritten(failure);

        for (var i = 0; i < 5; i++)
        {
            await watch.LookAsync(_ => Task.FromException(failure), TestContext.Current.CancellationToken);
        }

        failure = new IOException("The journal is locked.");
        await watch.LookAsync(_ => Task.FromException(failure), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await watch.LookAsync(_ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await watch.LookAsync(_ => Task.FromException(failure), TestContext.Current.CancellationToken);

        _lines.ShouldBe(
        [
            "Warning: All searches wait. The disk is full.",
            "Warning: All searches wait still. The journal is locked.",
            "Information: The journal takes writes again; the searches go on after 40 s",
        ]);
        health.Now.ShouldBeNull();
    }

    [Fact]
    public void A_cause_that_changes_is_the_same_trouble_and_a_new_one_begins_anew()
    {
        var health = new JournalHealth(failure => failure.Message, _clock);
        var begun = _clock.GetUtcNow();
        health.NotWritten(new IOException("one"));
        _clock.Advance(TimeSpan.FromSeconds(9));

        health.NotWritten(new IOException("two"));
        health.Now.ShouldBe(new JournalTrouble("two", begun));
        health.Written();
        health.NotWritten(new IOException("three"));

        health.Now.ShouldBe(new JournalTrouble("three", begun.AddSeconds(9)));
    }

    [Fact]
    public async Task A_journal_that_could_not_be_read_in_passing_is_looked_at_too()
    {
        using var folder = new TemporaryFolder();
        var health = new JournalHealth(failure => failure.Message, _clock);
        using var watch = new JournalWatch(TestCoordinator.Options(folder.Path) with { Clock = _clock }, health, _lines);
        health.NotRead(new IOException("The journal is locked."));

        await watch.LookAsync(_ => Task.FromException(new IOException("It is locked still.")), TestContext.Current.CancellationToken);
        health.Now.ShouldNotBeNull();
        await watch.LookAsync(_ => Task.CompletedTask, TestContext.Current.CancellationToken);

        health.Now.ShouldBeNull();
    }

    [Fact]
    public void The_end_of_a_trouble_has_a_time()
    {
        var health = new JournalHealth(failure => failure.Message, _clock);
        health.Written();
        health.MendedAt.ShouldBeNull();
        health.NotWritten(new IOException("full"));
        _clock.Advance(TimeSpan.FromSeconds(9));

        health.Written();

        health.MendedAt.ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task A_coordinator_finds_out_by_itself_that_its_journal_can_be_written_again()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("moved"));
        var journal = Path.Combine(folder.Path, "journal.db");
        File.Move(journal, journal + ".away");
        var refused = await coordinator.PostTextAsync("/api/v1/searches/moved/pause", "");

        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        File.Exists(journal).ShouldBeFalse();
        await Patience.UntilAsync(
            async () => (await coordinator.Client.GetAsync("/api/v1/searches")).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable);
        File.Move(journal + ".away", journal);

        await Patience.UntilAsync(
            async () => (await coordinator.PostTextAsync("/api/v1/searches/moved/pause", "")).StatusCode == System.Net.HttpStatusCode.OK);
        await Patience.UntilAsync(async () => (await coordinator.GetAsync<SearchList>("/api/v1/searches")).Trouble is null);
    }

    private sealed class Lines : List<string>, ILogger<JournalWatch>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{logLevel}: {formatter(state, exception)}");
    }
}
