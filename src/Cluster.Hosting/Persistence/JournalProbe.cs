using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Opens the journal before the actor system does, because a journal that cannot be opened does not
/// stop the system by itself.</summary>
public static class JournalProbe
{
    /// <summary>Longest time that the check takes.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(15);

    /// <summary>Remembers which journal it is, to find out later whether it takes writes.</summary>
    /// <param name="options">The journal, which is there.</param>
    /// <returns>Writes something of the size of some events and removes it; throws why that is not possible.</returns>
    public static Func<CancellationToken, Task> Writes(PersistenceOptions options)
    {
        switch (options)
        {
            case SqliteJournal sqlite:
                var watch = new FileWatch(sqlite.File);
                watch.ThrowIfGone();
                return cancellationToken => Task.Run(
                    () =>
                    {
                        watch.ThrowIfGone();
                        SqliteProbe.Write(sqlite.File);
                    },
                    cancellationToken);
            case PostgresJournal postgres:
                return cancellationToken => PostgresProbe.WriteAsync(postgres, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(options), "This journal is neither SQLite nor PostgreSQL.");
        }
    }

    /// <summary>Opens the journal for writing and prepares it (SQLite: write-ahead logging).</summary>
    /// <param name="options">The journal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it can be read and written.</returns>
    /// <exception cref="JournalUnavailableException">It cannot; the message tells why.</exception>
    public static async Task VerifyAsync(PersistenceOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeLimit);
        try
        {
            await (options switch
            {
                SqliteJournal sqlite => SqliteProbe.VerifyAsync(sqlite, limit.Token),
                PostgresJournal postgres => PostgresProbe.VerifyAsync(postgres, limit.Token),
                _ => throw new ArgumentOutOfRangeException(nameof(options), "This journal is neither SQLite nor PostgreSQL."),
            }).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JournalUnavailableException(
                StorageTrouble.Unreachable,
                $"{JournalFailures.Subject(options)} did not answer within {Durations.Of(TimeLimit)}. Check the disk or the database "
                    + $"server, then start again.");
        }
    }
}
