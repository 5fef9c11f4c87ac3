using System.Collections.Concurrent;
using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Benchmarks.Throughput;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Flood;

/// <summary>What a worker that floods its coordinator with reports costs another one: a coordinator process on SQLite, the two workers
/// over TCP.</summary>
internal static class FloodCommand
{
    private static readonly TimeSpan SteadyInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var seconds = arguments is ["--seconds", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
        Console.WriteLine("| reports/s of the flood | acknowledged/s | steady worker: p50 ms | p99 ms | longest ms |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: |");
        foreach (var perSecond in new[] { 0, 1_000, 10_000 })
        {
            using var cluster = await TestCluster.StartAsync(workers: 0, slots: 1, keep: false);
            await MeasureAsync(cluster, perSecond, TimeSpan.FromSeconds(seconds));
        }

        return 0;
    }

    private static async Task MeasureAsync(TestCluster cluster, int perSecond, TimeSpan duration)
    {
        await cluster.Client.SubmitAsync(Spec("steady"));
        await cluster.Client.SubmitAsync(Spec("flood"));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddSearchClusterCore()
            .AddCoordinatorLink(new WorkerLinkOptions
            {
                Key = ClusterKey.Load(cluster.State),
                Coordinator = CoordinatorEndpoint.TryRead(cluster.State)!.ClusterAddress!,
            }));
        using var host = builder.Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var manager = host.Services.GetRequiredService<IRequiredActor<SearchManagerKey>>().ActorRef;
        var steady = await StartAsync(system, manager, "steady", SteadyInterval, 1);
        var flood = perSecond == 0 ? [] : await StartAsync(system, manager, "flood", Burst, perSecond / 100);

        // The first seconds compile.
        await Task.Delay(TimeSpan.FromSeconds(5));
        steady.Clear();
        flood.Clear();
        await Task.Delay(duration);
        var latencies = steady.Select(latency => latency.TotalMilliseconds).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {perSecond:#,0} | {flood.Count / duration.TotalSeconds:#,0} | {latencies[latencies.Length / 2]:F1} | "
                + $"{latencies[latencies.Length * 99 / 100]:F1} | {latencies[^1]:F1} |"));
        await host.StopAsync();
    }

    private static async Task<ConcurrentQueue<TimeSpan>> StartAsync(
        ActorSystem system, IActorRef manager, string name, TimeSpan interval, int reports)
    {
        var latencies = new ConcurrentQueue<TimeSpan>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new ReportingWorkerActor(manager, name, interval, reports, latencies, started)));
        await started.Task;
        return latencies;
    }

    private static string Spec(string name) =>
        $$"""
        version: 1
        name: {{name}}
        workload: { builtin: function, fixed: { function: sphere, measurements: 10000 } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
        algorithm: { type: random }
        budget: { trials: 1 }
        resources: { labels: { bench: {{name}} } }
        """;
}
