using System.Globalization;
using SearchCluster.Benchmarks.Throughput;

namespace SearchCluster.Benchmarks.Recovery;

/// <summary>How long a coordinator takes to be ready with a long search in its journal, without and with a snapshot, and what it holds in
/// memory then.</summary>
internal static class RecoveryCommand
{
    private static readonly SearchId Search = new("long");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var trials = Option(arguments, "--trials", 100_000);
        var measurements = Option(arguments, "--measurements", 1);
        using var cluster = await TestCluster.StartAsync(workers: 0, slots: 1, keep: arguments.Contains("--keep"));
        var empty = cluster.CoordinatorMemory;
        await cluster.Client.SubmitAsync(Spec(trials + 1));
        cluster.KillCoordinator();
        var events = LongJournal.Append(cluster.State, Search, trials, measurements);
        var size = new FileInfo(cluster.State.JournalFile).Length / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{trials} trials, {measurements} measurements each, {events} events, journal {size:F0} MB; empty coordinator {empty} MB"));
        Console.WriteLine("| recovery | s | CPU s | memory, MB |\n| --- | ---: | ---: | ---: |");
        await RecoverAsync(cluster, "of all events", trials);

        // One more event, and the snapshot that is due.
        await cluster.Client.PrioritiseAsync(Search.Value, 1);
        await cluster.WaitAsync(
            "The snapshot",
            TimeSpan.FromMilliseconds(200),
            Limit,
            () => Task.FromResult(LongJournal.LastSnapshot(cluster.State, Search) > 0));
        Console.WriteLine($"| (snapshot written) | | | {cluster.CoordinatorMemory} |");
        cluster.KillCoordinator();
        await RecoverAsync(cluster, "with a snapshot", trials);
        return 0;
    }

    private static async Task RecoverAsync(TestCluster cluster, string what, int trials)
    {
        var taken = await cluster.StartCoordinatorAsync(Limit);
        var found = (await cluster.Client.GetAsync(Search.Value)).Summary.Counts.Completed;
        if (found != trials)
        {
            throw new InvalidOperationException($"{found} of {trials} trials were recovered.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {taken.TotalSeconds:F1} | {cluster.CoordinatorCpu.TotalSeconds:F1} | {cluster.CoordinatorMemory} |"));
    }

    private static int Option(IReadOnlyList<string> arguments, string name, int otherwise)
    {
        var index = arguments.ToList().IndexOf(name);
        return index < 0 ? otherwise : int.Parse(arguments[index + 1], CultureInfo.InvariantCulture);
    }

    private static string Spec(int trials) =>
        $$"""
        version: 1
        name: {{Search}}
        workload: { builtin: function, fixed: { function: sphere } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: -5, max: 10 }
          y: { type: float, min: 0, max: 15 }
        algorithm: { type: random }
        budget: { trials: {{trials}} }
        """;
}
