using System.Data.Common;
using System.Globalization;
using LinqToDB.Interceptors;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Sets what SQLite keeps per connection: a commit is on the disk before it is acknowledged, and a lock is waited for.</summary>
/// <remarks>Write-ahead logging is a property of the file and set by <see cref="JournalProbe"/>.</remarks>
internal sealed class SqlitePragmas : ConnectionInterceptor
{
    /// <summary>The statements.</summary>
    public static string Sql { get; } =
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA synchronous=FULL; PRAGMA busy_timeout={SqlConnections.LockTimeout.TotalMilliseconds};");

    /// <inheritdoc />
    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override async Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
