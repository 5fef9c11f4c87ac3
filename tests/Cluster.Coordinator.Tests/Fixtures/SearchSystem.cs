using Akka.Hosting;
using Akka.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>The search actors in a host, set up by the production extensions; the journal is in memory unless a file is given.</summary>
internal sealed class SearchSystem : IAsyncDisposable
{
    private readonly IHost _host;

    private SearchSystem(IHost host, FakeTimeProvider clock)
    {
        _host = host;
        Clock = clock;
        System = host.Services.GetRequiredService<ActorSystem>();
        Kit = new Akka.TestKit.Xunit.TestKit(System);
        Manager = host.Services.GetRequiredService<IRequiredActor<SearchManagerKey>>().ActorRef;
    }

    public ActorSystem System { get; }

    public Akka.TestKit.Xunit.TestKit Kit { get; }

    public IActorRef Manager { get; }

    public FakeTimeProvider Clock { get; }

    public ControlledJournal.Control Journal => ControlledJournal.Of(System);

    public static async Task<SearchSystem> StartAsync(
        Func<CoordinatorSettings, CoordinatorSettings>? adjust = null, string? journalFile = null, FakeTimeProvider? clock = null)
    {
        clock ??= new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var settings = new CoordinatorSettings(
            TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(3), 1_000, ProductVersion.Current, clock.GetUtcNow(), clock)
        {
            MinimumBackoff = TimeSpan.FromMilliseconds(50),
        };
        if (journalFile is not null)
        {
            var journal = new SqliteJournal(journalFile);
            await JournalProbe.VerifyAsync(journal, TestContext.Current.CancellationToken);
            settings = settings with
            {
                OpenJournal = () => JournalReaders.OpenOwn(journal),
                Health = new JournalHealth(failure => JournalFailures.Describe(journal, failure), clock),
            };
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.AddProvider(new TestLog(TestContext.Current.TestOutputHelper)));
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka =>
        {
            akka.AddSearchClusterCore().AddHocon(Patience.OfAkka, HoconAddMode.Prepend);
            if (journalFile is null)
            {
                akka.AddHocon(MemoryHocon(), HoconAddMode.Prepend);
            }
            else
            {
                akka.AddSearchPersistence(new SqliteJournal(journalFile));
            }

            akka.AddSearchActors(ActorMode.Local, adjust?.Invoke(settings) ?? settings);
        });
        var host = builder.Build();
        await host.StartAsync();
        var system = new SearchSystem(host, clock);
        await system.AskAsync<SearchManagerProtocol.ManagerReady>(new SearchManagerProtocol.GetReadiness());
        return system;
    }

    /// <summary>A worker; another incarnation in the same folder is the one before, started again.</summary>
    public TestWorker Worker(
        string name, int slots = 1, string incarnation = "one", string? version = null, string folder = "/state/workers/w") =>
        new(this, name, slots, incarnation, version, folder);

    public TestProbe Probe() => Kit.CreateTestProbe();

    public async Task<T> AskAsync<T>(object message) => (T)await Manager.Ask<object>(message, Patience.Limit);

    public async Task SubmitAsync(SearchSpec spec) =>
        (await AskAsync<SearchReplies.CommandAccepted>(TestSpecs.Submission(spec))).AlreadyDone.ShouldBeFalse();

    public Task<SearchDetail> DetailAsync(string name) => AskAsync<SearchDetail>(new SearchQueries.GetSearch(new SearchId(name)));

    /// <summary>Waits until a search is as told; the actors' own work makes it so.</summary>
    public async Task<SearchDetail> WhenAsync(string name, Func<SearchDetail, bool> condition)
    {
        SearchDetail? detail = null;
        await Patience.UntilAsync(async () => condition(detail = await DetailAsync(name)));
        return detail!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static string MemoryHocon() => $$"""
        akka.persistence {
          journal.plugin = "test.journal"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        test.journal {
          class = "{{typeof(ControlledJournal).AssemblyQualifiedName}}"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """;
}
