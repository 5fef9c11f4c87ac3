using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Takes the end of one history out of a journal, after it was copied to a file; everything else stays as it is.</summary>
/// <param name="options">The journal; nobody else may be writing it.</param>
public sealed class JournalCut(PersistenceOptions options)
{
    /// <summary>Copies records to a file: one JSON line each, with the payload in base64.</summary>
    /// <param name="persistenceId">Whose they are.</param>
    /// <param name="events">Events that go.</param>
    /// <param name="snapshots">Snapshots that go.</param>
    /// <param name="file">The file; created with its folder.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public static void Copy(string persistenceId, IEnumerable<StoredRecord> events, IEnumerable<StoredRecord> snapshots, string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var content = new MemoryStream();
            foreach (var (kind, record) in events.Select(e => ("event", e)).Concat(snapshots.Select(s => ("snapshot", s))))
            {
                var payload = Convert.ToBase64String(record.Payload);
                content.Write(Encoding.UTF8.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"id":"{{JsonEncodedText.Encode(persistenceId)}}","kind":"{{kind}}","number":{{record.SequenceNr}}"""
                        + $$""","manifest":"{{JsonEncodedText.Encode(record.Manifest)}}","payload":"{{payload}}"}""")));
                content.WriteByte((byte)'\n');
            }

            WholeFile.Write(file, content.GetBuffer().AsMemory(0, (int)content.Length), survivesPowerLoss: true, WholeFile.OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException($"The copy {file} cannot be written: {refused.Message} Nothing was cut.", refused);
        }
    }

    /// <summary>Deletes in one transaction.</summary>
    /// <param name="persistenceId">Whose events and snapshots.</param>
    /// <param name="firstEvent">The first event that goes, with all after it.</param>
    /// <param name="snapshots">Snapshots that go.</param>
    /// <returns>How many events went.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot be written; nothing went.</exception>
    public int Delete(string persistenceId, long firstEvent, IEnumerable<long> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        try
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var count = Execute(
                transaction, "DELETE FROM journal WHERE persistence_id = @id AND sequence_number >= @number", persistenceId, firstEvent);
            foreach (var snapshot in snapshots)
            {
                Execute(
                    transaction,
                    "DELETE FROM snapshot WHERE persistence_id = @id AND sequence_number = @number",
                    persistenceId,
                    snapshot);
            }

            transaction.Commit();
            return count;
        }
        catch (DbException refused)
        {
            throw new JournalUnavailableException(
                JournalFailures.TroubleOf(refused) ?? Contracts.Storage.StorageTrouble.DeviceFailed,
                JournalFailures.Describe(options, refused),
                refused);
        }
    }

    private DbConnection Open()
    {
        DbConnection connection = options is SqliteJournal
            ? new SqliteConnection(SqlConnections.ConnectionString(options) + ";Pooling=False")
            : new NpgsqlConnection(SqlConnections.ConnectionString(options));
        connection.Open();
        if (options is SqliteJournal)
        {
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = SqlitePragmas.Sql;
            pragmas.ExecuteNonQuery();
        }

        return connection;
    }

    private static int Execute(DbTransaction transaction, string sql, string persistenceId, long number)
    {
        using var command = transaction.Connection!.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in new (string, object)[] { ("@id", persistenceId), ("@number", number) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command.ExecuteNonQuery();
    }
}
