using System.Data.Common;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Coordinator.Moving;

/// <summary>What was exported of one search.</summary>
/// <param name="Search">Its name.</param>
/// <param name="Events">How many events.</param>
/// <param name="Damage">What is not in the file, with all after it; null where it is whole.</param>
public sealed record ExportedSearch(SearchId Search, long Events, SearchDamage? Damage);

/// <summary>Copies the events of searches into a file, beside a running coordinator too.</summary>
/// <param name="options">The journal.</param>
/// <param name="clock">Dates the file.</param>
public sealed class JournalExport(PersistenceOptions options, TimeProvider clock)
{
    /// <summary>Writes the file.</summary>
    /// <param name="chosen">Which searches; empty for all.</param>
    /// <param name="file">The file; replaced when it is there, and left as it was when anything fails.</param>
    /// <param name="keepsDamaged">True to keep of a damaged search what comes before the damage; false to refuse it.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="ArchiveException">A search is not there, or is damaged.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IReadOnlyList<ExportedSearch> Run(IReadOnlyCollection<SearchId> chosen, string file, bool keepsDamaged)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        try
        {
            using var journal = JournalReaders.Open(options);
            var searches = Choose(journal, chosen);
            var exported = new List<ExportedSearch>();
            WholeFile.Write(
                file,
                stream =>
                {
                    using var archive = new ArchiveWriter(stream, clock.GetUtcNow());
                    exported.AddRange(searches.Select(search => Write(journal, archive, search, keepsDamaged)));
                    archive.Complete();
                },
                survivesPowerLoss: true,
                WholeFile.OwnerOnly);
            return exported;
        }
        catch (DbException refused)
        {
            throw JournalReaders.Unreadable(options, refused);
        }
    }

    private static IReadOnlyList<SearchId> Choose(IJournalReader journal, IReadOnlyCollection<SearchId> chosen)
    {
        var known = new JournalSearches(journal).Registered();
        return chosen.FirstOrDefault(search => !known.Contains(search)) is { Value: not null } missing
            ? throw new ArchiveException(
                ArchiveFault.NotFound, $"{journal.Place} has no search '{missing}'. See what it has with: searchcluster journal check")
            : chosen.Count == 0 ? known : [.. chosen.Distinct()];
    }

    // Read once to know that it is whole, once more to write it: what a coordinator adds meanwhile is not part of it.
    private static ExportedSearch Write(IJournalReader journal, ArchiveWriter archive, SearchId search, bool keepsDamaged)
    {
        var reading = SearchReplay.ReadEvents(journal, search);
        if (reading.Damage is { } damage && !keepsDamaged)
        {
            throw new ArchiveException(
                ArchiveFault.Search,
                $"Event {damage.EventNumber} of search '{search}' in {damage.Place} is damaged: {damage.Explanation}. Nothing was "
                    + $"exported; keep the {damage.EventNumber - 1} before it with --salvage, or name the other searches.");
        }

        foreach (var stored in journal.Events(SearchReplay.PersistenceIdPrefix + search.Value, 0)
            .TakeWhile(stored => stored.SequenceNr <= reading.LastEvent))
        {
            archive.Write(search, stored);
        }

        return new(search, reading.LastEvent, reading.Damage);
    }
}
