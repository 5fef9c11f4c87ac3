using System.Data.Common;
using System.Globalization;
using LinqToDB.Interceptors;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Sets what SQLite keeps per connection: a commit is on the disk before it is acknowledged, and a lock is waited for.</summary>
/// <remarks>
/// <para>Each statement of the plugin opens a pooled connection, so here it is also noticed that the file is not the journal any more:
/// SQLite goes on writing to a deleted file, whose events would be gone with the process.</para>
/// <para>Write-ahead logging is a property of the file and set by <see cref="JournalProbe"/>.</para>
/// </remarks>
internal sealed class SqlitePragmas(FileWatch file) : ConnectionInterceptor
{
    /// <summary>The statements.</summary>
    public static string Sql { get; } =
        string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA synchronous=FULL; PRAGMA busy_timeout={SqlConnections.LockTimeout.TotalMilliseconds};");

    /// <inheritdoc />
    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
    {
        file.ThrowIfGone();
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override async Task ConnectionOpenedAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        file.ThrowIfGone();
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
