using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Coordinator.Reading;

/// <summary>Which searches a journal knows, and each of them.</summary>
internal sealed class JournalSearches(IJournalReader journal)
{
    /// <summary>Persistence id of the register; not of the form <c>search-NAME</c>, which belongs to the searches.</summary>
    public const string RegisterId = "searches";

    /// <summary>All searches in the order of their registration; one whose registration cannot be read is known by its events.</summary>
    /// <returns>The searches.</returns>
    public IReadOnlyList<SearchId> Registered()
    {
        var registered = new List<string>();
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        IsRegisterWhole = true;
        long last = 0;
        foreach (var stored in journal.Events(RegisterId, 0))
        {
            IsRegisterWhole &= stored.SequenceNr == ++last;
            last = stored.SequenceNr;
            switch (TryRead(stored))
            {
                case SearchManagerProtocol.SearchRegistered { SearchId.Value: var search }:
                    registered.Add(search);
                    deleted.Remove(search);
                    break;
                case SearchManagerProtocol.SearchDeleted { SearchId.Value: var search }:
                    registered.Remove(search);
                    deleted.Add(search);
                    break;
                case SearchManagerProtocol.SearchErased:
                    break;
                default:
                    IsRegisterWhole = false;
                    break;
            }
        }

        var orphans = journal.PersistenceIds()
            .Where(id => id.StartsWith(SearchReplay.PersistenceIdPrefix, StringComparison.Ordinal))
            .Select(id => id[SearchReplay.PersistenceIdPrefix.Length..])
            .Where(name => SearchId.IsValid(name) && !deleted.Contains(name));
        return Array.ConvertAll(registered.Concat(orphans).Distinct(StringComparer.Ordinal).ToArray(), name => new SearchId(name));
    }

    /// <summary>Reads the register as it is written.</summary>
    /// <returns>Its events, up to one that cannot be read.</returns>
    public IEnumerable<ISearchEvent> RegisterEvents() =>
        journal.Events(RegisterId, 0).Select(TryRead).TakeWhile(read => read is not null).Cast<ISearchEvent>();

    /// <summary>Tells which searches the register itself names, without those that are known by their events alone.</summary>
    public IReadOnlySet<SearchId> RegisteredByName()
    {
        var registered = new HashSet<SearchId>();
        foreach (var e in RegisterEvents())
        {
            _ = e switch
            {
                SearchManagerProtocol.SearchRegistered => registered.Add(e.SearchId),
                SearchManagerProtocol.SearchDeleted => registered.Remove(e.SearchId),
                _ => false,
            };
        }

        return registered;
    }

    /// <summary>False when a registration could not be read or is missing; known after <see cref="Registered"/>.</summary>
    public bool IsRegisterWhole { get; private set; } = true;

    /// <summary>Reads one search.</summary>
    /// <returns>What the journal holds of it.</returns>
    public SearchReading Read(SearchId search) => SearchReplay.Read(journal, search);

    private static object? TryRead(StoredRecord stored)
    {
        try
        {
            return ContractCodec.ReadOnce(stored.Payload, stored.Manifest);
        }
        catch (Exception unreadable) when (SearchReplay.IsDamage(unreadable))
        {
            return null;
        }
    }
}
