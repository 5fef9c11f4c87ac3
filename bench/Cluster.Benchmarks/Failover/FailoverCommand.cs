using System.Globalization;

namespace SearchCluster.Benchmarks.Failover;

/// <summary>How long a search stands still when one of its processes dies: real processes, real signals.</summary>
internal static class FailoverCommand
{
    private const string Variable = "SEARCHCLUSTER_TEST_POSTGRES";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var runs = arguments is ["--runs", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 20;
        Console.WriteLine("| what dies | runs | ready or leased again, s: p50 | p95 | first report, s: p50 | p95 | new attempts |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        await WorkerAsync(runs);
        await CoordinatorAsync("coordinator, KILL, started again at once (SQLite)", null, "KILL", runs);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server)
        {
            await CoordinatorAsync("coordinator, KILL, with a standby (PostgreSQL)", server, "KILL", runs);
            await CoordinatorAsync("coordinator, STOP, with a standby (PostgreSQL)", server, "STOP", runs);
        }
        else
        {
            Console.WriteLine($"(standbys: {Variable} names no server)");
        }

        return 0;
    }

    private static async Task WorkerAsync(int runs)
    {
        using var cluster = new FailoverCluster(null, slots: 1);
        await cluster.StartAsync();
        var (leased, reported) = (new List<TimeSpan>(), new List<TimeSpan>());
        var first = await cluster.AttemptsAsync();
        for (var run = 0; run < runs; run++)
        {
            var attempts = await cluster.AttemptsAsync();
            var began = TimeProvider.System.GetTimestamp();
            cluster.Worker.Signal("KILL");
            await cluster.UntilAsync("the worker is gone", () => cluster.Worker.HasExited);
            cluster.Worker.Start();
            await cluster.UntilAsync("the trial is leased again", async () => await cluster.AttemptsAsync() > attempts);
            leased.Add(TimeProvider.System.GetElapsedTime(began));
            await ReportedAsync(cluster, began, reported);
        }

        Tell("worker, KILL, started again at once", leased, reported, await cluster.AttemptsAsync() - first);
    }

    private static async Task CoordinatorAsync(string what, string? server, string signal, int runs)
    {
        using var cluster = new FailoverCluster(server, slots: 2);
        await cluster.StartAsync();
        var (ready, reported) = (new List<TimeSpan>(), new List<TimeSpan>());
        var first = await cluster.AttemptsAsync();
        for (var run = 0; run < runs; run++)
        {
            // They take turns: the one that ended stands by again.
            var seat = cluster.Coordinators[run % cluster.Coordinators.Count];
            var began = TimeProvider.System.GetTimestamp();
            seat.Signal(signal);
            if (server is null)
            {
                await cluster.UntilAsync("the coordinator is gone", () => seat.HasExited);
                await cluster.RestartAsync(seat);
            }

            await cluster.UntilAsync("a coordinator is ready", async () => await cluster.IsReadyAsync(instead: seat));
            ready.Add(TimeProvider.System.GetElapsedTime(began));
            await ReportedAsync(cluster, began, reported);
            if (server is not null)
            {
                seat.Signal("CONT");
                await cluster.UntilAsync("the former coordinator ends", () => seat.HasExited);
                await cluster.RestartAsync(seat);
            }
        }

        Tell(what, ready, reported, await cluster.AttemptsAsync() - first);
    }

    private static async Task ReportedAsync(FailoverCluster cluster, long began, List<TimeSpan> reported)
    {
        long? before = null;
        await cluster.UntilAsync("a report is written", async () =>
        {
            var now = await cluster.EpochsAsync();
            before ??= now;
            return now > before;
        });
        reported.Add(TimeProvider.System.GetElapsedTime(began));

        // Some more, so that the next signal does not meet a start.
        await cluster.UntilAsync("reports go on", async () => await cluster.EpochsAsync() > before + 10);
    }

    private static void Tell(string what, List<TimeSpan> first, List<TimeSpan> second, long? anew) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {first.Count} | {At(first, 50):F1} | {At(first, 95):F1} | {At(second, 50):F1} | {At(second, 95):F1} | {anew} |"));

    // The smallest value that so many percent do not exceed.
    private static double At(List<TimeSpan> values, int percent) =>
        values.Order().ElementAt((int)Math.Ceiling(values.Count * percent / 100.0) - 1).TotalSeconds;
}
