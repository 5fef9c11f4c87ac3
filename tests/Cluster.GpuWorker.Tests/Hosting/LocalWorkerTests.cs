using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Tests.Hosting;

/// <summary>The worker in the coordinator's actor system, by the production extensions.</summary>
public sealed class LocalWorkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedExecutor _executor = new();
    private readonly BlockingCollection<object> _heard = [];

    [Fact]
    [Trait("Promise", "R20")]
    public async Task It_takes_work_reports_it_and_gives_the_rest_back_when_the_process_stops()
    {
        using var app = Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var first = _executor.Next();
        first.Report(1);
        first.Finish();
        Hear<SearchCommands.ReportOutcome>().Seq.ShouldBe(2);
        _executor.Next().Report(7);
        Hear<SearchCommands.ReportMeasurement>(report => report.Measurement.Resource == 7);

        await app.StopAsync(TestContext.Current.CancellationToken);

        Hear<SearchCommands.ReleaseLease>().Resource.ShouldBe(7);
        Hear<WorkerProtocol.WorkerGoodbye>();
    }

    public void Dispose() => _folder.Dispose();

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.AddLocalWorker(new WorkerOptions
        {
            StateFolder = StateFolder.Resolve(_folder.FullPath),
            Slots = 1,
            Device = "cpu",
            Executor = _executor,
        });
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, (akka, services) => akka
            .AddSearchClusterCore()
            .WithActors((system, registry, _) => registry.Register<SearchManagerKey>(
                system.ActorOf(Props.Create(() => new Manager(_heard)), "manager")))
            .AddLocalWorker(services));
        return builder.Build();
    }

    private T Hear<T>(Func<T, bool>? fits = null)
    {
        var others = new List<object>();
        while (_heard.TryTake(out var message, Patience.Limit))
        {
            others.Add(message);
            if (message is T wanted && (fits is null || fits(wanted)))
            {
                return wanted;
            }
        }

        throw new TimeoutException($"The manager heard no {typeof(T).Name}, but: {string.Join("; ", others)}");
    }

    private sealed class Manager(BlockingCollection<object> heard) : UntypedActor
    {
        private int _trial;

        protected override void OnReceive(object message)
        {
            heard.Add(message);
            switch (message)
            {
                case WorkerProtocol.WorkerHello hello:
                    Sender.Tell(new WorkerProtocol.WorkerWelcome(hello.WorkerId, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(3)));
                    break;
                case WorkerProtocol.RequestWork request:
                    Sender.Tell(new WorkerProtocol.WorkAssigned(request.WorkerId, request.RequestId, [Samples.Group(_trial++)]));
                    break;
                case SearchCommands.ReportOutcome outcome:
                    Sender.Tell(new WorkerProtocol.ReportAccepted(outcome.Lease, outcome.Seq));
                    break;
            }
        }
    }
}
