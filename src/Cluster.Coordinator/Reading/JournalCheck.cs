using System.Data.Common;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Coordinator.Reading;

/// <summary>What a check found of one search.</summary>
/// <param name="Search">Its name.</param>
/// <param name="Events">How many events are known, from the first on: read, or held by a snapshot behind them.</param>
/// <param name="Damage">The first event that is not known; null when all are. The same that every other command tells.</param>
/// <param name="Snapshots">Snapshots that cannot be read; harmless while the events are whole.</param>
/// <param name="Covered">The first event that cannot be read and that a snapshot behind it makes up for; null for none.</param>
public sealed record CheckedSearch(
    SearchId Search, long Events, SearchDamage? Damage, ValueArray<long> Snapshots, SearchDamage? Covered = null);

/// <summary>What a check found of a journal.</summary>
/// <param name="Place">File, or server and database.</param>
/// <param name="Searches">Each search.</param>
/// <param name="IsRegisterWhole">False when the list of searches is damaged; they are known by their events then.</param>
/// <param name="Complaints">What SQLite says of its pages; empty for nothing.</param>
public sealed record CheckedJournal(string Place, ValueArray<CheckedSearch> Searches, bool IsRegisterWhole, ValueArray<string> Complaints)
{
    /// <summary>True when nothing was found.</summary>
    public bool IsWhole =>
        IsRegisterWhole && Complaints.Count == 0 && Searches.All(search => search is { Damage: null, Covered: null, Snapshots.Count: 0 });
}

/// <summary>Reads every event and every snapshot, which a coordinator does not: it starts from the newest snapshot.</summary>
public static class JournalCheck
{
    /// <summary>Checks a journal.</summary>
    /// <param name="options">The journal.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="JournalUnavailableException">It cannot be read at all.</exception>
    public static CheckedJournal Run(PersistenceOptions options)
    {
        try
        {
            using var journal = JournalReaders.Open(options);
            var searches = new JournalSearches(journal);
            var known = searches.Registered();
            return new(
                journal.Place,
                known.Select(search => Check(journal, search)).ToValueArray(),
                searches.IsRegisterWhole,
                Complaints(journal).ToValueArray());
        }
        catch (DbException refused)
        {
            throw JournalReaders.Unreadable(options, refused);
        }
    }

    /// <summary>Tells whether the database says that its pages are damaged.</summary>
    /// <param name="options">The journal.</param>
    /// <returns>True for damaged pages; damaged events on whole pages are none.</returns>
    /// <exception cref="JournalUnavailableException">It cannot be read for another reason.</exception>
    internal static bool HasDamagedPages(PersistenceOptions options)
    {
        try
        {
            return Run(options).Complaints.Count > 0;
        }
        catch (JournalUnavailableException refused) when (refused.Trouble == Contracts.Storage.StorageTrouble.Damaged)
        {
            return true;
        }
    }

    /// <summary>Checks one search.</summary>
    /// <returns>What was found.</returns>
    internal static CheckedSearch Check(IJournalReader journal, SearchId search)
    {
        var snapshots = Unreadable(journal, search).ToValueArray();
        var events = SearchReplay.ReadEvents(journal, search);
        if (events.Damage is null)
        {
            return new(search, events.LastEvent, null, snapshots);
        }

        var reading = SearchReplay.Read(journal, search);
        return new(
            search,
            reading.LastEvent,
            reading.Damage,
            snapshots,
            reading.Damage?.EventNumber == events.Damage.EventNumber ? null : events.Damage);
    }

    // Pages of snapshots may be damaged where those of events are whole; that they are, the pages' own check says.
    private static List<long> Unreadable(IJournalReader journal, SearchId search)
    {
        var unreadable = new List<long>();
        try
        {
            unreadable.AddRange(journal
                .Snapshots(SearchReplay.PersistenceIdPrefix + search.Value)
                .Where(stored => !IsReadable(stored))
                .Select(stored => stored.SequenceNr));
        }
        catch (DbException damaged) when (JournalFailures.IsDamage(damaged))
        {
            // Told by Complaints.
        }

        return unreadable;
    }

    private static IReadOnlyList<string> Complaints(IJournalReader journal)
    {
        try
        {
            return journal.Complaints();
        }
        catch (DbException damaged) when (JournalFailures.IsDamage(damaged))
        {
            return [damaged.Message];
        }
    }

    private static bool IsReadable(StoredRecord stored)
    {
        try
        {
            return ContractCodec.Read(stored.Payload, stored.Manifest) is SearchSnapshot;
        }
        catch (Exception damaged) when (SearchReplay.IsDamage(damaged))
        {
            return false;
        }
    }
}
