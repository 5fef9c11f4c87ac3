using Npgsql;

namespace SearchCluster.TestKit.Databases;

/// <summary>A database of its own on the PostgreSQL server of the tests: a lease belongs to a whole database.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Names the environment variable with the connection string of the server.</summary>
    public const string Variable = "SEARCHCLUSTER_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>For the driver.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes an empty one, or skips the test where there is no server.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Xunit.Assert.SkipWhen(
            string.IsNullOrEmpty(server), $"{Variable} is not set; it holds the connection string of a user who may make databases.");
        var database = new TestDatabase(server, $"sc_{Guid.NewGuid():N}");
        await ExecuteAsync(server, $"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>Runs a statement of an outsider.</summary>
    /// <param name="sql">The statement.</param>
    public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString, sql);

    /// <summary>Asks for one value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="sql">The question.</param>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
