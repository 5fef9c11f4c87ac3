using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Hosting.Tests.Persistence;

public sealed class PostgresJournalTests
{
    private const string Variable = "SEARCHCLUSTER_TEST_POSTGRES";

    [Fact]
    public async Task Events_come_back_after_a_restart()
    {
        var connectionString = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(connectionString), $"{Variable} is not set; it holds the connection string of an empty test database.");
        var journal = new PostgresJournal(connectionString);
        var id = $"search-{Guid.NewGuid():N}";
        var written = new SearchEvents.SearchPaused(new SearchId("digits"), new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        await using (var first = await JournalHost.StartAsync(journal))
        {
            await JournalHost.WriteAsync(first.Recorder(id), written);
        }

        await using var second = await JournalHost.StartAsync(journal);

        (await JournalHost.TellAsync(second.Recorder(id))).Events.ShouldBe([written]);
    }
}
