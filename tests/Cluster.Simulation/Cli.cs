using System.Globalization;
using SearchCluster.Simulation.Bugs;

namespace SearchCluster.Simulation;

/// <summary>Runs many seeds, or one with its trace.</summary>
internal static class Cli
{
    private const int SeedsForBugs = 1_000;
    private const int Progress = 10_000;
    private const string Usage = """
        Simulates searches of 30 trials on four workers, with faults that the seed decides.

          --seeds FROM COUNT   runs so many seeds (default 1 2000)
          --seed N             runs one seed
          --trace              with --seed: prints its events
          --threads N          seeds at once (default 2)
          --bug NAME           plants a defect
          --bugs               tells for each planted defect which of 1,000 seeds finds it first
        """;

    public static int Run(string[] args)
    {
        var options = Options.Read(args);
        if (options is null)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        return options.AreBugsSought ? FindBugs() : options.Seed is { } seed ? RunOne(seed, options) : RunMany(options);
    }

    private static int FindBugs()
    {
        var isFound = true;
        foreach (var (name, bug) in PlantedBugs.All)
        {
            var result = ManySeeds.Find(bug, SeedsForBugs);
            isFound &= result is not null;
            Console.WriteLine($"{name}: {bug.Description}; {result?.Describe() ?? "NOT FOUND"}");
        }

        return isFound ? 0 : 1;
    }

    private static int RunOne(ulong seed, Options options)
    {
        var result = ManySeeds.RunOne(seed, options.Bug, options.IsTracing);
        foreach (var line in result.Trace)
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(result.Describe());
        return result.Violation is null ? 0 : 1;
    }

    private static int RunMany(Options options)
    {
        var (done, failures, events, started) = (0, 0, 0L, TimeProvider.System.GetTimestamp());
        foreach (var result in ManySeeds.Run(options.First, options.Count, options.Threads, options.Bug))
        {
            (done, events) = (done + 1, events + result.Events);
            if (result.Violation is not null)
            {
                failures++;
                Console.WriteLine(result.Describe());
            }

            if (done % Progress == 0 || done == options.Count)
            {
                Tell(done, failures, events, TimeProvider.System.GetElapsedTime(started));
            }
        }

        return failures == 0 ? 0 : 1;
    }

    private static void Tell(int done, int failures, long events, TimeSpan elapsed) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{done} searches, {failures} with a violation, {events} events, {elapsed.TotalSeconds:F1} s, "
            + $"{done / elapsed.TotalMinutes:F0} searches a minute"));

    private sealed record Options(
        ulong First, int Count, ulong? Seed, bool IsTracing, int Threads, PlantedBug? Bug, bool AreBugsSought = false)
    {
        public static Options? Read(string[] args)
        {
            var options = new Options(1, 2_000, null, false, 2, null);
            for (var i = 0; i < args.Length; i++)
            {
                var (number, second) = (NumberAt(args, i + 1), NumberAt(args, i + 2));
                switch (args[i])
                {
                    case "--seeds" when number is { } first && second is { } count:
                        options = options with { First = first, Count = (int)count };
                        i += 2;
                        break;
                    case "--seed" when number is { } seed:
                        options = options with { Seed = seed };
                        i++;
                        break;
                    case "--threads" when number is > 0 and var threads:
                        options = options with { Threads = (int)threads };
                        i++;
                        break;
                    case "--bug" when i + 1 < args.Length && PlantedBugs.All.TryGetValue(args[i + 1], out var bug):
                        options = options with { Bug = bug };
                        i++;
                        break;
                    case "--bugs":
                        options = options with { AreBugsSought = true };
                        break;
                    case "--trace":
                        options = options with { IsTracing = true };
                        break;
                    default:
                        return null;
                }
            }

            return options;
        }

        private static ulong? NumberAt(string[] args, int index) =>
            index < args.Length && ulong.TryParse(args[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
