using System.Data.Common;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.Wire;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Coordinator.Reading;

/// <summary>Makes a search's state of what a journal holds, as far as that is whole.</summary>
/// <remarks>
/// The same codec and the same evolver as in the coordinator, so both come to the same state. A snapshot is a shortcut only: one that
/// cannot be read is left aside, since the events before it are never deleted.
/// </remarks>
internal static class SearchReplay
{
    /// <summary>Start of the persistence id of every search.</summary>
    public const string PersistenceIdPrefix = "search-";

    /// <summary>Reads one search.</summary>
    /// <returns>What it holds, up to the first damage.</returns>
    public static SearchReading Read(IJournalReader journal, SearchId search)
    {
        var (state, last) = FromSnapshot(journal, search);
        return Continue(journal, search, state, last);
    }

    /// <summary>Reads every event of a search, whatever snapshots say.</summary>
    /// <returns>What it holds, up to the first damage.</returns>
    public static SearchReading ReadEvents(IJournalReader journal, SearchId search) => Continue(journal, search, null, 0);

    /// <summary>Tells whether an exception says that what is stored is not what was written, rather than that
    /// it could not be read now.</summary>
    /// <param name="failure">What reading threw.</param>
    public static bool IsDamage(Exception failure) => failure switch
    {
        DbException database => JournalFailures.IsDamage(database),
        IOException
            or UnauthorizedAccessException
            or OperationCanceledException
            or OutOfMemoryException
            or SearchCluster.Hosting.HostingException => false,
        _ => true,
    };

    private static (SearchState? State, long Last) FromSnapshot(IJournalReader journal, SearchId search)
    {
        try
        {
            foreach (var stored in journal.Snapshots(PersistenceIdPrefix + search.Value))
            {
                if (TryRead(stored, search) is { } state)
                {
                    return (state, stored.SequenceNr);
                }
            }
        }
        catch (DbException damaged) when (JournalFailures.IsDamage(damaged))
        {
            // Pages of the snapshots' table: the events may be whole.
        }

        return (null, 0);
    }

    private static SearchState? TryRead(StoredRecord stored, SearchId search)
    {
        try
        {
            return ContractCodec.ReadOnce(stored.Payload, stored.Manifest) is SearchSnapshot snapshot && snapshot.SearchId == search
                ? SearchSnapshots.FromSnapshot(snapshot)
                : null;
        }
        catch (Exception unreadable) when (IsDamage(unreadable))
        {
            return null;
        }
    }

    private static SearchReading Continue(IJournalReader journal, SearchId search, SearchState? state, long last)
    {
        var snapshot = last;
        StoredRecord? read = null;
        SearchDamage Damage(string explanation) => new(search, last + 1, last, journal.Place, explanation);
        try
        {
            foreach (var stored in journal.Events(PersistenceIdPrefix + search.Value, last))
            {
                if (stored.SequenceNr != last + 1)
                {
                    return new(search, state, last, Damage(Missing(last + 1, stored.SequenceNr)), snapshot);
                }

                read = stored;
                state = SearchEvolver.Apply(state, EventOf(stored, search));
                last++;
            }
        }
        catch (Exception unreadable) when (IsDamage(unreadable))
        {
            return new(search, state, last, Damage(Explain(unreadable, read)), snapshot);
        }

        return new(search, state, last, null, snapshot);
    }

    private static ISearchEvent EventOf(StoredRecord stored, SearchId search) =>
        ContractCodec.ReadOnce(stored.Payload, stored.Manifest) switch
        {
            ISearchEvent found when found.SearchId == search => found,
            ISearchEvent stray => throw new InvalidDataException($"it belongs to search '{stray.SearchId}'"),
            var other => throw new InvalidDataException($"it is a {other.GetType().Name}, not an event"),
        };

    /// <summary>Says which events are missing.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="found">The event that was found instead.</param>
    public static string Missing(long first, long found) =>
        found == first + 1 ? "it is missing" : FormattableString.Invariant($"events {first} to {found - 1} are missing");

    private static string Explain(Exception unreadable, StoredRecord? read) => unreadable switch
    {
        System.Text.Json.JsonException json => $"not the JSON of an event: {FirstLine(json.Message)}",
        DbException => "SQLite says that pages of the file are damaged",
        NullReferenceException => read is not null && ContractCodec.FindMissing(read.Payload, read.Manifest) is { } missing
            ? $"not the JSON of an event: {FirstLine(missing)}"
            : "parts of it are missing",
        _ => FirstLine(unreadable.Message),
    };

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r', '.');
}
