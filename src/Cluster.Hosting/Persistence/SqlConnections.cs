using System.Globalization;
using LinqToDB;
using Microsoft.Data.Sqlite;
using Npgsql;
using SearchCluster.Hosting.Persistence.Leases;

namespace SearchCluster.Hosting.Persistence;

/// <summary>How the journal's database is reached.</summary>
internal static class SqlConnections
{
    /// <summary>Longest wait for a lock of another connection before a statement fails.</summary>
    public static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Name of the driver for the SQL plugin.</summary>
    /// <param name="options">The journal.</param>
    /// <returns>A provider name of linq2db.</returns>
    public static string ProviderName(PersistenceOptions options) => options switch
    {
        SqliteJournal => LinqToDB.ProviderName.SQLiteMS,
        PostgresJournal => LinqToDB.ProviderName.PostgreSQL15,
        _ => throw new ArgumentOutOfRangeException(nameof(options), options, "This journal is neither SQLite nor PostgreSQL."),
    };

    /// <summary>Options of every connection that the plugin opens.</summary>
    /// <param name="options">The journal.</param>
    public static DataOptions DataOptions(PersistenceOptions options)
    {
        var data = new DataOptions().UseConnectionString(ProviderName(options), ConnectionString(options));
        return options switch
        {
            SqliteJournal sqlite => data.UseInterceptor(new SqlitePragmas(new FileWatch(sqlite.File))),
            PostgresJournal { Epoch: not null } postgres => data.UseInterceptor(new EpochOfSession(postgres)),
            _ => data,
        };
    }

    /// <summary>The connection string; for PostgreSQL it holds a secret.</summary>
    /// <param name="options">The journal.</param>
    /// <returns>For the driver.</returns>
    public static string ConnectionString(PersistenceOptions options) => options switch
    {
        SqliteJournal sqlite => Sqlite(sqlite.File, SqliteOpenMode.ReadWrite),
        PostgresJournal { Epoch.Value: { } epoch } postgres => InEpoch(postgres.ConnectionString, epoch),
        PostgresJournal postgres => postgres.ConnectionString,
        _ => throw new ArgumentOutOfRangeException(nameof(options), "This journal is neither SQLite nor PostgreSQL."),
    };

    /// <summary>For the one connection that may make a new file; all others must not, or a deleted journal would be an empty one.</summary>
    /// <returns>For the driver.</returns>
    public static string CreatingConnectionString(string file) => Sqlite(file, SqliteOpenMode.ReadWriteCreate);

    // As an option of the session, so that no connection of the pool can be without it.
    private static string InEpoch(string connection, long epoch)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        settings.Options = string.Create(
            CultureInfo.InvariantCulture, $"{settings.Options} -c {LeaseSchema.EpochSetting}={epoch}").TrimStart();
        return settings.ConnectionString;
    }

    private static string Sqlite(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            DefaultTimeout = (int)LockTimeout.TotalSeconds,
        }.ConnectionString;
}
