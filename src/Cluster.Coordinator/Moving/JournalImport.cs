using Akka.Actor;
using Akka.Hosting;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Coordinator.Moving;

/// <summary>What was imported of one search.</summary>
/// <param name="Search">Its name.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Added">How many of them were not there before.</param>
public sealed record ImportedSearch(SearchId Search, long Events, long Added);

/// <summary>Writes exported searches into a journal that no coordinator is writing.</summary>
/// <remarks>
/// Searches of other names are not touched. One that has gone on further than the file is left as it is. One that is there and begins as
/// the exported one does is continued; one that is there with
/// other events
/// is refused before anything is written. A search is registered when all of its events are there.
/// </remarks>
/// <param name="options">The journal.</param>
/// <param name="state">The state folder; locked meanwhile.</param>
/// <param name="clock">Dates the registration.</param>
public sealed class JournalImport(PersistenceOptions options, StateFolder state, TimeProvider clock)
{
    /// <summary>Imports all searches of a file.</summary>
    /// <param name="file">What <see cref="JournalExport"/> wrote.</param>
    /// <param name="progress">Told search, events that are there, and events in all.</param>
    /// <param name="cancellation">Gives up between two groups of events; the next import goes on there.</param>
    /// <returns>What was imported, in the order of the file.</returns>
    /// <exception cref="ArchiveException">The file is damaged, or the journal has another search of a name.</exception>
    /// <exception cref="StateFolderLockedException">A coordinator runs.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be written.</exception>
    public async Task<IReadOnlyList<ImportedSearch>> RunAsync(
        string file, Action<SearchId, long, long> progress, CancellationToken cancellation)
    {
        var archive = new ArchiveReader(file);
        var searches = archive.Check();
        using var only = CoordinatorLock.Acquire(state);
        await using var hold = await JournalHold.TakeAsync(options, cancellation);
        await JournalProbe.VerifyAsync(options, cancellation);
        using var host = Host(hold.Journal);
        try
        {
            await host.StartAsync(cancellation);
            RequireRoom(archive, searches.Select(entry => entry.Search));
            var system = host.Services.GetRequiredService<ActorSystem>();
            var imported = new List<ImportedSearch>();
            foreach (var (search, events) in searches)
            {
                var done = await WriteAsync(
                    system,
                    SearchReplay.PersistenceIdPrefix + search.Value,
                    archive.Events(search),
                    there => progress(search, there, events),
                    cancellation);
                if (done.IsOther)
                {
                    throw Other(search);
                }

                imported.Add(new(search, events, done.Added));
            }

            await RegisterAsync(system, searches.Select(entry => entry.Search), cancellation);
            return imported;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<ImportActor.Imported> WriteAsync(
        ActorSystem system, string id, IEnumerable<ISearchEvent> events, Action<long> progress, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<ImportActor.Imported>(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = system.ActorOf(Props.Create(() => new ImportActor(id, events, progress, done)));
        await using var stop = cancellation.Register(() => system.Stop(writer));
        return await done.Task.WaitAsync(cancellation);
    }

    // The plug-in makes its tables as it starts, so the register is read after that.
    private async Task RegisterAsync(ActorSystem system, IEnumerable<SearchId> searches, CancellationToken cancellation)
    {
        List<ISearchEvent> register;
        using (var journal = JournalReaders.OpenOwn(options))
        {
            var known = new JournalSearches(journal);
            register = [.. known.RegisterEvents()];
            var registered = known.RegisteredByName();
            register.AddRange(searches.Where(search => !registered.Contains(search))
                .Select(search => new SearchManagerProtocol.SearchRegistered(search, clock.GetUtcNow())));
        }

        var done = await WriteAsync(system, JournalSearches.RegisterId, register, _ => { }, cancellation);
        if (done.IsOther)
        {
            throw new ArchiveException(
                ArchiveFault.Search,
                "The list of searches in the journal is damaged, so that the imported ones cannot be added to it. Their events are there; "
                    + "save the list with: searchcluster journal salvage");
        }
    }

    // Before anything is written: what the plug-in reads later is compared again.
    private void RequireRoom(ArchiveReader archive, IEnumerable<SearchId> searches)
    {
        using var journal = JournalReaders.OpenOwn(options);
        foreach (var search in searches)
        {
            var reading = SearchReplay.ReadEvents(journal, search);
            if (reading.Damage is { } damage)
            {
                throw new ArchiveException(
                    ArchiveFault.Search,
                    $"Event {damage.EventNumber} of search '{search}' in the journal is damaged: {damage.Explanation}. Cut it with: "
                        + $"searchcluster journal salvage {search}");
            }

            using var given = archive.Events(search).GetEnumerator();
            foreach (var stored in journal.Events(SearchReplay.PersistenceIdPrefix + search.Value, 0))
            {
                if (!given.MoveNext())
                {
                    break;
                }

                if (!given.Current.Equals(ContractCodec.Read(stored.Payload, stored.Manifest)))
                {
                    throw Other(search);
                }
            }
        }
    }

    private static ArchiveException Other(SearchId search) => new(
        ArchiveFault.Conflict,
        $"The journal has a search '{search}' already, with other events than the file. Nothing was imported; delete it first with: "
            + $"searchcluster delete {search}, or import into another state folder.");

    private static IHost Host(PersistenceOptions journal)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka.AddSearchClusterCore().AddSearchPersistence(journal));
        return builder.Build();
    }
}
