using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Opens journals for reading.</summary>
public static class JournalReaders
{
    private const int NotADatabase = 26;

    /// <summary>Opens a journal that another process may be writing, or that this user may not write.</summary>
    /// <param name="options">The journal.</param>
    /// <exception cref="JournalUnavailableException">It cannot be read; the message tells why.</exception>
    public static IJournalReader Open(PersistenceOptions options) => Guarded(options, () => options switch
    {
        SqliteJournal sqlite => SqliteReading.Open(sqlite.File),
        PostgresJournal postgres => PostgresReading.Open(postgres),
        _ => throw new ArgumentOutOfRangeException(nameof(options), "This journal is neither SQLite nor PostgreSQL."),
    });

    /// <summary>Opens the journal that this process itself writes.</summary>
    /// <param name="options">The journal.</param>
    /// <exception cref="JournalUnavailableException">It cannot be read; the message tells why.</exception>
    /// <remarks>SQLite's locks end when a process closes any handle of the file, so here only SQLite itself may open it.</remarks>
    public static IJournalReader OpenOwn(PersistenceOptions options) =>
        options is SqliteJournal sqlite ? Guarded(options, () => SqliteReading.OpenShared(sqlite.File)) : Open(options);

    private static IJournalReader Guarded(PersistenceOptions options, Func<IJournalReader> open)
    {
        try
        {
            return open();
        }
        catch (Exception refused) when (refused is DbException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(options, refused);
        }
    }

    /// <summary>Says that a journal cannot be read.</summary>
    /// <param name="options">The journal.</param>
    /// <param name="refused">Why.</param>
    /// <returns>The exception to throw.</returns>
    public static JournalUnavailableException Unreadable(PersistenceOptions options, Exception refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var subject = JournalFailures.Subject(options);
        var trouble = JournalFailures.TroubleOf(options, refused)
            ?? (refused is UnauthorizedAccessException ? StorageTrouble.NotWritable : StorageTrouble.DeviceFailed);
        var sentence = trouble switch
        {
            StorageTrouble.Unreachable when refused is PostgresException answer =>
                $"{subject} refused the connection: {answer.MessageText} ({answer.SqlState}). Correct user, password or database.",
            StorageTrouble.NotWritable =>
                $"{subject} cannot be read: this user may not open it. Ask its owner for the right to read it, its folder and the files "
                    + $"beside it.",
            StorageTrouble.Damaged when refused is SqliteException { SqliteErrorCode: NotADatabase } =>
                $"{subject} cannot be read: its first page is damaged, without which nothing can be saved, or it is no journal. Restore it "
                    + $"from a copy, or choose another state folder with --state DIR.",
            StorageTrouble.Damaged =>
                $"{subject} cannot be read: the file is damaged, or is no journal. Restore it from a copy, or save what can be read with: "
                    + $"searchcluster journal salvage",
            _ => StorageText.LastWord(trouble, subject),
        };
        return new JournalUnavailableException(trouble, sentence, refused);
    }
}
