using System.Data.Common;
using System.Globalization;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Reading;

/// <summary>What was cut out of a search's history.</summary>
/// <param name="Search">Its name.</param>
/// <param name="Kept">How many events stay.</param>
/// <param name="Events">How many events went.</param>
/// <param name="Snapshots">How many snapshots went.</param>
/// <param name="Copy">File that holds what went; null when nothing was damaged.</param>
public sealed record SalvagedSearch(SearchId Search, long Kept, int Events, int Snapshots, string? Copy);

/// <summary>Makes a damaged search usable again: everything before the damage stays, what comes after is copied
/// to a file and cut.</summary>
/// <remarks>The events behind the damage cannot be kept: they rest on one that nobody knows. No other search is touched.</remarks>
/// <param name="options">The journal.</param>
/// <param name="state">The state folder; locked while it works, so no coordinator writes meanwhile.</param>
/// <param name="clock">Names the copy.</param>
public sealed class JournalSalvage(PersistenceOptions options, StateFolder state, TimeProvider clock)
{
    /// <summary>Salvages one search.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="StateFolderLockedException">A coordinator runs.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read or written; nothing was changed.</exception>
    public SalvagedSearch Run(SearchId search)
    {
        using var only = CoordinatorLock.Acquire(state);
        var id = SearchReplay.PersistenceIdPrefix + search.Value;
        var (kept, events, snapshots) = Find(search, id);
        if (events.Count + snapshots.Count == 0)
        {
            return new(search, kept, 0, 0, null);
        }

        var stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var copy = Path.Combine(state.Root, "salvage", $"{search}-{stamp}.jsonl");
        JournalCut.Copy(id, events, snapshots, copy);
        var cut = new JournalCut(options).Delete(id, kept + 1, snapshots.Select(snapshot => snapshot.SequenceNr));
        return new(search, kept, cut, snapshots.Count, copy);
    }

    /// <summary>Writes the file anew with everything that can be read, where its pages are damaged.</summary>
    /// <returns>What was saved; null when its pages are whole.</returns>
    /// <exception cref="StateFolderLockedException">A coordinator runs.</exception>
    /// <exception cref="JournalUnavailableException">Nothing can be saved, or the disk refuses; the file is as it was.</exception>
    public RebuiltJournal? Rebuild()
    {
        using var only = CoordinatorLock.Acquire(state);
        return options is not SqliteJournal sqlite || !JournalCheck.HasDamagedPages(options) ? null
            : SqliteRebuild.Run(sqlite.File, Path.Combine(
                state.Root, "salvage", $"journal-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.db"));
    }

    private (long Kept, List<StoredRecord> Events, List<StoredRecord> Snapshots) Find(SearchId search, string id)
    {
        try
        {
            using var journal = JournalReaders.Open(options);
            var found = JournalCheck.Check(journal, search);

            // A snapshot that can be read covers what is damaged before it; then nothing is lost, and nothing
            // has to go but unreadable snapshots.
            var reading = SearchReplay.Read(journal, search);
            var kept = reading.Damage is null ? long.MaxValue - 1 : reading.LastEvent;
            var events = reading.Damage is null ? [] : journal.Events(id, kept).ToList();
            var snapshots = journal
                .Snapshots(id)
                .Where(stored => stored.SequenceNr > kept || found.Snapshots.Contains(stored.SequenceNr))
                .ToList();
            return (reading.Damage is null ? reading.LastEvent : kept, events, snapshots);
        }
        catch (DbException refused)
        {
            throw JournalReaders.Unreadable(options, refused);
        }
    }
}
