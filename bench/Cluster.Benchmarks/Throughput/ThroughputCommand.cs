using System.Runtime.InteropServices;
using System.Text.Json;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>
/// Durable trials per second without training: a search over an analytic function through the HTTP API, one coordinator process on
/// SQLite and worker processes over TCP.
/// </summary>
internal static class ThroughputCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SearchLimit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (ThroughputOptions.Parse(arguments, out var problem) is not { } options)
        {
            await Console.Error.WriteLineAsync($"{problem}{Environment.NewLine}Usage: {ThroughputOptions.Usage}");
            return 2;
        }

        Console.WriteLine(
            $"{options.Trials} trials, {options.Workers} workers, "
                + $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine(ResultTable.Header);
        var results = new List<ThroughputResult>();
        foreach (var measurements in options.Measurements)
        {
            foreach (var slots in options.Slots)
            {
                results.AddRange(await MeasureAsync(options, slots, measurements));
            }
        }

        if (options.JsonFile is { } file)
        {
            var report = new ThroughputReport(
                TimeProvider.System.GetUtcNow(),
                RuntimeInformation.FrameworkDescription,
                RuntimeInformation.OSDescription,
                Environment.ProcessorCount,
                options.Workers,
                results);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, ThroughputJson.Default.ThroughputReport));
        }

        return 0;
    }

    private static async Task<IReadOnlyList<ThroughputResult>> MeasureAsync(ThroughputOptions options, int slots, int measurements)
    {
        using var cluster = await TestCluster.StartAsync(options.Workers, slots, options.Keep);
        using var metrics = JournalMetrics.Attach(cluster.Coordinator.Id);
        var results = new List<ThroughputResult>();
        foreach (var run in new[] { "first", "warm" })
        {
            var result = await MeasureAsync(cluster, metrics, options.Trials, slots, measurements, run);
            Console.WriteLine(ResultTable.Row(result));
            results.Add(result);
        }

        if (options.Keep)
        {
            Console.WriteLine($"kept: {cluster.Folder}");
        }

        return results;
    }

    private static async Task<ThroughputResult> MeasureAsync(
        TestCluster cluster, JournalMetrics metrics, int trials, int slots, int measurements, string run)
    {
        var (coordinatorCpu, workerCpu, journal) = (cluster.CoordinatorCpu, cluster.WorkerCpu, metrics.Totals);
        await cluster.Client.SubmitAsync(Spec(run, trials, measurements));
        var detail = await WaitForEndAsync(cluster, "bench-" + run);
        (coordinatorCpu, workerCpu) = (cluster.CoordinatorCpu - coordinatorCpu, cluster.WorkerCpu - workerCpu);
        if (detail.Summary.Counts.Completed != trials)
        {
            throw new InvalidOperationException($"{detail.Summary.Counts.Completed} of {trials} trials completed: {detail.EndExplanation}");
        }

        // The other process publishes its sums once an interval.
        await Task.Delay(JournalMetrics.Interval * 2);
        journal = metrics.Totals.Since(journal);
        return new ThroughputResult
        {
            Slots = slots,
            Measurements = measurements,
            Run = run,
            Trials = trials,
            Seconds = (detail.Summary.EndedAt!.Value - detail.Summary.SubmittedAt).TotalSeconds,
            Events = cluster.CountEvents("bench-" + run),
            JournalWrites = journal.Writes == 0 ? null : journal.Writes,
            EventsPerWrite = journal.Writes == 0 ? null : journal.Events / journal.Writes,
            MillisecondsPerWrite = journal.Writes == 0 ? null : journal.Seconds * 1000 / journal.Writes,
            CoordinatorCpuSeconds = coordinatorCpu.TotalSeconds,
            WorkerCpuSeconds = workerCpu.TotalSeconds,
            CoordinatorMemory = cluster.CoordinatorMemory,
        };
    }

    private static async Task<SearchDetail> WaitForEndAsync(TestCluster cluster, string search)
    {
        SearchDetail? detail = null;
        await cluster.WaitAsync($"Search {search} ends", PollInterval, SearchLimit, async () =>
        {
            detail = await cluster.Client.GetAsync(search);
            return detail.Summary.EndedAt is not null;
        });
        return detail!;
    }

    private static string Spec(string name, int trials, int measurements) =>
        $$"""
        version: 1
        name: bench-{{name}}
        workload: { builtin: function, fixed: { function: sphere, measurements: {{measurements}} } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        algorithm: { type: random }
        budget: { trials: {{trials}} }
        """;
}
