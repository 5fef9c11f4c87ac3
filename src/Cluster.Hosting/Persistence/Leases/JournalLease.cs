using Npgsql;

namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>The right to write a journal in PostgreSQL: one coordinator has it, and the others look whether it is free.</summary>
/// <remarks>All times are those of the database, so clocks of machines do not matter. What guards the journal is the fence
/// (<see cref="LeaseSchema"/>): a holder that does not know yet that it lost the lease writes nothing.</remarks>
/// <param name="journal">The database.</param>
/// <param name="times">How long a lease lives.</param>
public sealed class JournalLease(PostgresJournal journal, LeaseTimes times)
{
    // A server that does not answer must be noticed within the life of a lease.
    private const int ConnectionSeconds = 3;

    // Longer than any honest write: what holds the lock then is of a process that stands still.
    private const string TakeoverPatience = "1s";

    private const string Columns = "run, pid, host, url, cluster_address, version, since";

    private readonly string _connection = new NpgsqlConnectionStringBuilder(journal.ConnectionString)
    {
        Timeout = ConnectionSeconds,
        CommandTimeout = ConnectionSeconds,
        CancellationTimeout = 1000,
        MaxPoolSize = 2,
        MinPoolSize = 0,
        ApplicationName = "searchcluster lease",
    }.ConnectionString;

    /// <summary>Makes what is missing of the lease in the database; the journal stays as it is.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await LeaseSchema.PrepareAsync(connection, cancellationToken);
    }

    /// <summary>Puts the fence before the tables of the journal.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when events and snapshots have their tables, and these are fenced; the plugin makes them when the actor system of
    /// the holder starts.</returns>
    public async Task<bool> FenceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await LeaseSchema.FenceAsync(connection, cancellationToken);
    }

    /// <summary>Looks who has the lease, and says that one stands by.</summary>
    /// <param name="standby">Who looks; null to look only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<LeaseView> LookAsync(LeaseClaim? standby, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (standby is not null)
        {
            await using var announcement = connection.CreateCommand();
            announcement.CommandText =
                $"INSERT INTO searchcluster_standby ({Columns}, seen_at) "
                    + "VALUES (@run, @pid, @host, @url, @address, @version, clock_timestamp(), clock_timestamp()) "
                    + "ON CONFLICT (run) DO UPDATE SET seen_at = clock_timestamp(); "
                    + "DELETE FROM searchcluster_standby WHERE seen_at < clock_timestamp() - interval '1 hour'";
            Add(announcement, standby);
            await announcement.ExecuteNonQueryAsync(cancellationToken);
        }

        return await ReadAsync(connection, cancellationToken);
    }

    /// <summary>Takes the lease where nobody has it, or its holder did not renew it in time.</summary>
    /// <param name="claim">Who takes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The epoch, which no lease before had; null where another one has it.</returns>
    public async Task<long?> TryTakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var connection = await OpenAsync(cancellationToken);
        if ((await ReadAsync(connection, cancellationToken)).IsLive)
        {
            return null;
        }

        try
        {
            return await TakeAsync(connection, claim, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await EndFrozenWritesAsync(connection, cancellationToken);
            return await TakeAsync(connection, claim, cancellationToken);
        }
    }

    /// <summary>Renews the lease, and tells who stands by.</summary>
    /// <param name="claim">Who holds it; its addresses are written anew.</param>
    /// <param name="epoch">Of the lease.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the lease is another one's.</returns>
    public async Task<LeaseView?> RenewAsync(LeaseClaim claim, long epoch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE searchcluster_lease SET renewed_at = clock_timestamp(), url = @url, cluster_address = @address "
            + "WHERE id = 1 AND epoch = @epoch AND run = @run AND renewed_at IS NOT NULL";
        Add(command, claim);
        command.Parameters.AddWithValue("epoch", epoch);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? await ReadAsync(connection, cancellationToken) : null;
    }

    /// <summary>Gives the lease back, so that another one may take it at once. Nothing happens where it is another one's.</summary>
    /// <param name="run">Who holds it.</param>
    /// <param name="epoch">Of the lease.</param>
    /// <param name="cancellationToken">Gives up; it ends by itself then.</param>
    public async Task GiveBackAsync(string run, long epoch, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE searchcluster_lease SET renewed_at = NULL WHERE id = 1 AND epoch = @epoch AND run = @run";
        command.Parameters.AddWithValue("epoch", epoch);
        command.Parameters.AddWithValue("run", run);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Says that one stands by no more.</summary>
    /// <param name="run">Who stood by.</param>
    /// <param name="cancellationToken">Gives up; it is forgotten by itself then.</param>
    public async Task WithdrawAsync(string run, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM searchcluster_standby WHERE run = @run";
        command.Parameters.AddWithValue("run", run);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<long?> TakeAsync(NpgsqlConnection connection, LeaseClaim claim, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();

        // The lock first: the writes that began before have ended then, and those that come wait for the new epoch.
        command.CommandText = $"SET LOCAL lock_timeout = '{TakeoverPatience}'; SELECT pg_advisory_xact_lock({LeaseSchema.LockKey}); "
            + "DELETE FROM searchcluster_standby WHERE run = @run; "
            + "UPDATE searchcluster_lease SET epoch = epoch + 1, run = @run, pid = @pid, host = @host, url = @url, "
            + "cluster_address = @address, version = @version, since = clock_timestamp(), renewed_at = clock_timestamp() "
            + $"WHERE id = 1 AND {Free} RETURNING epoch";
        Add(command, claim);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("life", times.Time));
        long? epoch = null;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            // The first answer is the lock's.
            if (await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken))
            {
                epoch = reader.GetInt64(0);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return epoch;
    }

    // Of a holder that stands still in the middle of a transaction; while its lease lives, nothing is ended.
    private async Task EndFrozenWritesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            + $"AND (classid::bigint << 32) + objid::bigint = {LeaseSchema.LockKey} AND mode = 'ShareLock' "
            + $"AND EXISTS (SELECT FROM searchcluster_lease WHERE id = 1 AND {Free})";
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("life", times.Time));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private const string Free = "(renewed_at IS NULL OR renewed_at < clock_timestamp() - @life)";

    private async Task<LeaseView> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns}, epoch, renewed_at IS NULL, NOT {Free} FROM searchcluster_lease WHERE id = 1; "
            + $"SELECT {Columns} FROM searchcluster_standby WHERE seen_at > clock_timestamp() - @standby ORDER BY since, run";
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("life", times.Time));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan>("standby", times.StandbyLife));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var epoch = reader.GetInt64(7);
        var holder = reader.GetBoolean(8) ? null : Claim(reader);
        var (since, isLive) = (reader.GetFieldValue<DateTimeOffset>(6), reader.GetBoolean(9));
        var standbys = new List<StandbyClaim>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            standbys.Add(new(Claim(reader), reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return new(epoch, holder, since, isLive, standbys.ToValueArray());
    }

    private static LeaseClaim Claim(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt32(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4),
        reader.GetString(5));

    private static void Add(NpgsqlCommand command, LeaseClaim claim)
    {
        command.Parameters.AddWithValue("run", claim.Run);
        command.Parameters.AddWithValue("pid", claim.Pid);
        command.Parameters.AddWithValue("host", claim.Host);
        command.Parameters.AddWithValue("url", claim.Url);
        command.Parameters.Add(new("address", NpgsqlTypes.NpgsqlDbType.Text) { Value = (object?)claim.ClusterAddress ?? DBNull.Value });
        command.Parameters.AddWithValue("version", claim.Version);
    }
}
