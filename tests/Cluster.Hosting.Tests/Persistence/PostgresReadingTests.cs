using Npgsql;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Hosting.Tests.Persistence;

/// <summary>Why a PostgreSQL journal cannot be read.</summary>
public sealed class PostgresReadingTests
{
    private const string Variable = "SEARCHCLUSTER_TEST_POSTGRES";

    [Theory]
    [InlineData("wrong", null, "refused the connection: password authentication failed", "28P01")]
    [InlineData(null, "no_such_database", "refused the connection: database \"no_such_database\" does not exist", "3D000")]
    public void The_servers_own_words_are_told(string? password, string? database, string words, string state)
    {
        var settings = new NpgsqlConnectionStringBuilder(Connection());
        (settings.Password, settings.Database) = (password ?? settings.Password, database ?? settings.Database);

        var refused = Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(new PostgresJournal(settings.ConnectionString)));

        refused.Message.ShouldContain(words);
        refused.Message.ShouldContain($"({state}). Correct user, password or database.");
        refused.Message.ShouldNotContain(settings.Password!);
    }

    [Fact]
    public void A_server_that_is_not_there_cannot_be_reached() =>
        Should.Throw<JournalUnavailableException>(
            () => JournalReaders.Open(new PostgresJournal("Host=127.0.0.1;Port=1;Database=d;Username=u;Password=p")))
            .Message.ShouldBe(
                "The journal on PostgreSQL at 127.0.0.1:1, database \"d\" cannot be reached. Check the network and that the server runs.");

    private static string Connection()
    {
        var connection = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(
            string.IsNullOrEmpty(connection), $"{Variable} is not set; it holds the connection string of an empty test database.");
        return connection!;
    }
}
