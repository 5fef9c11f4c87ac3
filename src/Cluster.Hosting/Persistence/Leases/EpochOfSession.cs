using System.Data.Common;
using LinqToDB.Interceptors;

namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>Opens each connection of the plugin with the epoch of the lease: when the plugin is set up, it is not known yet.</summary>
internal sealed class EpochOfSession(PostgresJournal journal) : ConnectionInterceptor
{
    public override void ConnectionOpening(ConnectionEventData eventData, DbConnection connection) =>
        connection.ConnectionString = SqlConnections.ConnectionString(journal);

    public override Task ConnectionOpeningAsync(
        ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        ConnectionOpening(eventData, connection);
        return Task.CompletedTask;
    }
}
