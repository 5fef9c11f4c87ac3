using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Turns what a database driver throws into the trouble that somebody has to mend, and into words.</summary>
public static class JournalFailures
{
    // Result codes of sqlite3.h.
    private const int Permission = 3;
    private const int Busy = 5;
    private const int TableLocked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // Extended codes: the disk was full while a side file grew, and the file was moved away under the connection.
    private const int SharedMemorySize = InputOutput | (19 << 8);
    private const int FileMoved = ReadOnly | (4 << 8);

    /// <summary>Recognises the trouble in an exception or in what caused it.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The trouble; null when it is none of the journal's.</returns>
    public static StorageTrouble? TroubleOf(Exception? failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            var trouble = current switch
            {
                StorageException known => known.Trouble,
                SqliteException sqlite => Of(sqlite),
                PostgresException { SqlState: LeaseSchema.FencedState } => StorageTrouble.Superseded,
                PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StorageTrouble.DiskFull,
                PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => StorageTrouble.Locked,
                PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege } =>
                    StorageTrouble.NotWritable,
                PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } =>
                    StorageTrouble.Damaged,
                NpgsqlException or SocketException => StorageTrouble.Unreachable,
                AggregateException => null,
                _ => (StorageTrouble?)null,
            };
            if (trouble is not null)
            {
                return trouble;
            }
        }

        return StorageTroubles.Of(failure);
    }

    /// <summary>Recognises the trouble with a journal, which may have vanished: SQLite tells that of a file
    /// without rights in the same words.</summary>
    /// <param name="options">The journal.</param>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The trouble; null when it is none of the journal's.</returns>
    public static StorageTrouble? TroubleOf(PersistenceOptions options, Exception failure) => TroubleOf(failure) switch
    {
        StorageTrouble.NotWritable when options is SqliteJournal sqlite && !File.Exists(sqlite.File) => StorageTrouble.Gone,
        var trouble => trouble,
    };

    /// <summary>Says what is wrong with the journal.</summary>
    /// <param name="options">The journal.</param>
    /// <param name="failure">What was thrown.</param>
    /// <returns>One or two sentences that name the place and the cause.</returns>
    public static string Describe(PersistenceOptions options, Exception failure) => TroubleOf(options, failure) switch
    {
        { } trouble => StorageText.Sentence(trouble, Subject(options)),
        null => $"{Subject(options)} did not take it: {failure.Message}",
    };

    /// <summary>Names the journal at the start of a sentence.</summary>
    /// <param name="options">The journal.</param>
    /// <returns>Without any secret.</returns>
    public static string Subject(PersistenceOptions options) => options switch
    {
        SqliteJournal sqlite => $"The journal {sqlite.File}",
        PostgresJournal postgres => $"The journal on PostgreSQL at {PostgresProbe.Describe(postgres)}",
        _ => throw new ArgumentOutOfRangeException(nameof(options), "This journal is neither SQLite nor PostgreSQL."),
    };

    /// <summary>Tells whether the database says that its own pages are damaged.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>True for a damaged file.</returns>
    public static bool IsDamage(DbException failure) => TroubleOf(failure) == StorageTrouble.Damaged;

    internal static StorageTrouble? Of(SqliteException refused) => (refused.SqliteErrorCode, refused.SqliteExtendedErrorCode) switch
    {
        (_, SharedMemorySize) => StorageTrouble.DiskFull,
        (_, FileMoved) => StorageTrouble.Gone,
        (Busy or TableLocked, _) => StorageTrouble.Locked,
        (ReadOnly or Permission or CannotOpen, _) => StorageTrouble.NotWritable,
        (Full, _) => StorageTrouble.DiskFull,
        (Corrupt or NotADatabase, _) => StorageTrouble.Damaged,
        (InputOutput, _) => StorageTrouble.DeviceFailed,
        _ => null,
    };
}
