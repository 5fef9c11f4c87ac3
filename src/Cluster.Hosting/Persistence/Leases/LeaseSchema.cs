using System.Globalization;
using Npgsql;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>Tables of the lease, and the fence in the tables of the journal.</summary>
/// <remarks>
/// The fence is a trigger before each statement that writes. It takes a lock that writes share and a takeover has alone, until its
/// transaction ends, and then compares the epoch of its session with that of the lease. So a write is in the tables before the next holder
/// reads them, or it is refused. The epoch is a setting of the session: the holder's connections are opened with it, and nobody else's.
/// </remarks>
internal static class LeaseSchema
{
    /// <summary>What a refused write is called; of a class that PostgreSQL does not use.</summary>
    public const string FencedState = "SC901";

    /// <summary>The setting of a session with the epoch of its lease.</summary>
    public const string EpochSetting = "searchcluster.epoch";

    /// <summary>The lock of the fence, one for each schema that has a journal: a number of ours over the table's.</summary>
    public const string LockKey = "((21315::bigint << 32) + 'searchcluster_lease'::regclass::oid::bigint)";

    private const string Trigger = "searchcluster_fence";

    // By a lock, since two coordinators that start at once would make the same things.
    private const string Tables = """
        SELECT pg_advisory_xact_lock(21315);
        CREATE TABLE IF NOT EXISTS searchcluster_lease (
          id smallint PRIMARY KEY CHECK (id = 1),
          epoch bigint NOT NULL,
          run text, pid integer, host text, url text, cluster_address text, version text,
          since timestamptz NOT NULL,
          renewed_at timestamptz);
        INSERT INTO searchcluster_lease (id, epoch, since) VALUES (1, 0, clock_timestamp()) ON CONFLICT DO NOTHING;
        CREATE TABLE IF NOT EXISTS searchcluster_standby (
          run text PRIMARY KEY,
          pid integer NOT NULL, host text NOT NULL, url text NOT NULL, cluster_address text, version text NOT NULL,
          since timestamptz NOT NULL,
          seen_at timestamptz NOT NULL);
        """;

    private const string Function = $"""
        CREATE OR REPLACE FUNCTION searchcluster_fence() RETURNS trigger LANGUAGE plpgsql AS $fence$
        DECLARE
          mine text := coalesce(current_setting('{EpochSetting}', true), '');
          term bigint;
          held boolean;
        BEGIN
          IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION USING ERRCODE = '{FencedState}',
              MESSAGE = 'a write of a transaction that may not see who has the lease of the journal now';
          END IF;
          PERFORM pg_advisory_xact_lock_shared({LockKey});
          SELECT epoch, renewed_at IS NOT NULL INTO term, held FROM searchcluster_lease WHERE id = 1;
          IF (held AND mine = term::text) OR (NOT held AND mine = '') THEN
            RETURN NULL;
          END IF;
          RAISE EXCEPTION USING ERRCODE = '{FencedState}', MESSAGE = format(
            'a write of %s, but the lease of the journal is in epoch %s%s',
            CASE mine WHEN '' THEN 'no epoch' ELSE 'epoch ' || mine END, term, CASE WHEN held THEN '' ELSE ' and given back' END);
        END
        $fence$;
        """;

    /// <summary>Makes what is missing of the lease; what is there stays.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Tables + Function, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Puts the fence before those tables of the journal that are there and have none.</summary>
    /// <param name="connection">Open, of the holder of the lease: a fence that is made waits for writes, and lets others wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True when events and snapshots have their tables, and these are fenced.</returns>
    public static async Task<bool> FenceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var open = new List<string>();
        var there = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(name) AND tgname = @trigger) "
                + "FROM unnest(@names) AS name WHERE to_regclass(name) IS NOT NULL";
            command.Parameters.AddWithValue("names", JournalTables.All.ToArray());
            command.Parameters.AddWithValue("trigger", Trigger);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                there.Add(reader.GetString(0));
                if (!reader.GetBoolean(1))
                {
                    open.Add(reader.GetString(0));
                }
            }
        }

        foreach (var table in open)
        {
            await ExecuteAsync(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"CREATE TRIGGER {Trigger} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT "
                        + $"EXECUTE FUNCTION searchcluster_fence()"),
                cancellationToken);
        }

        return there.IsSupersetOf([JournalTables.Events, JournalTables.Snapshots]);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
