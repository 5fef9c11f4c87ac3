using System.Collections.Concurrent;
using System.Globalization;
using SearchCluster.Simulation.Bugs;

namespace SearchCluster.Simulation;

/// <summary>Runs simulations on threads of their own: each has its world to itself.</summary>
internal static class ManySeeds
{
    /// <summary>Runs seeds one after the other on some threads.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many at once.</param>
    /// <param name="bug">What is planted; null for nothing.</param>
    /// <returns>What became of them, in the order in which they ended.</returns>
    public static IEnumerable<SimulationResult> Run(ulong first, int count, int threads, PlantedBug? bug = null)
    {
        var results = new BlockingCollection<SimulationResult>();
        var (next, open) = (-1, threads);
        for (var i = 0; i < threads; i++)
        {
            Start(() =>
            {
                while (Interlocked.Increment(ref next) is var index && index < count)
                {
                    results.Add(Simulation.Run(first + (ulong)index, bug));
                }

                if (Interlocked.Decrement(ref open) == 0)
                {
                    results.CompleteAdding();
                }
            });
        }

        return results.GetConsumingEnumerable();
    }

    /// <summary>Runs one seed.</summary>
    /// <param name="seed">Decides everything that chance decides.</param>
    /// <param name="bug">What is planted; null for nothing.</param>
    /// <param name="isTracing">Whether its events are kept.</param>
    public static SimulationResult RunOne(ulong seed, PlantedBug? bug = null, bool isTracing = false) =>
        OnThread(() => Simulation.Run(seed, bug, isTracing));

    /// <summary>Looks for a seed that finds a bug.</summary>
    /// <param name="bug">What is planted.</param>
    /// <param name="count">How many seeds are tried, from 1.</param>
    /// <returns>The first run with a violation; null when none has one.</returns>
    public static SimulationResult? Find(PlantedBug bug, int count) => OnThread(() => Enumerable.Range(1, count)
        .Select(seed => Simulation.Run((ulong)seed, bug))
        .FirstOrDefault(result => result.Violation is not null));

    /// <summary>Runs something on a thread that has no context of a test or a task.</summary>
    public static T OnThread<T>(Func<T> run)
    {
        T? result = default;
        Start(() => result = run()).Join();
        return result!;
    }

    /// <summary>What became of a seed, and how to see it again.</summary>
    public static string Describe(this SimulationResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {result.Seed}: {(result.Violation is { } violation ? $"VIOLATION of {violation.Rule} at {violation.At.TotalSeconds:F3} s: "
            + $"{violation.What} (again with --seed {result.Seed} --trace)" : "fine")}, {result.Events} events in "
            + $"{result.Time.TotalSeconds:F0} s of virtual time");

    private static Thread Start(Action run)
    {
        var thread = new Thread(() => run());
        thread.Start();
        return thread;
    }
}
