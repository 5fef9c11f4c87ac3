using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence.Sql.Config;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Hosting.Tests.Persistence;

/// <summary>A host with a journal, set up as production does it.</summary>
internal sealed class JournalHost : IAsyncDisposable
{
    private readonly IHost _host;

    private JournalHost(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static async Task<JournalHost> StartAsync(PersistenceOptions options, DataOptionsSetup? replacement = null)
    {
        await JournalProbe.VerifyAsync(options, TestContext.Current.CancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka =>
        {
            akka.AddSearchClusterCore().AddSearchPersistence(options);
            if (replacement is not null)
            {
                akka.Setups.RemoveWhere(setup => setup is DataOptionsSetup);
                akka.AddSetup(replacement);
            }
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new JournalHost(host);
    }

    public IActorRef Recorder(string persistenceId) => System.ActorOf(Persistence.Recorder.Props(persistenceId));

    public static Task<Recorder.Written> WriteAsync(IActorRef recorder, ISearchEvent e) =>
        recorder.Ask<Recorder.Written>(e, Patience.Limit);

    public static Task<Recorder.Written> SnapshotAsync(IActorRef recorder, object snapshot) =>
        recorder.Ask<Recorder.Written>(new Recorder.SaveNow(snapshot), Patience.Limit);

    public static Task<Recorder.Told> TellAsync(IActorRef recorder) => recorder.Ask<Recorder.Told>(new Recorder.Tell(), Patience.Limit);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
