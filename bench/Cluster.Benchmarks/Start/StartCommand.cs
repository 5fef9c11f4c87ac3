using System.Diagnostics;
using System.Globalization;
using SearchCluster.Benchmarks.Throughput;

namespace SearchCluster.Benchmarks.Start;

/// <summary><c>start</c>: what commands that only read cost from start to end; prints the rows of <c>docs/performance.md</c>.</summary>
/// <remarks>The folder holds one finished search.</remarks>
internal static class StartCommand
{
    private static readonly string[] Lines = ["version", "list", "list --json", "status branin", "trials branin", "best branin"];

    /// <summary>Runs each command so many times, in turn, so that a busy moment meets all of them.</summary>
    /// <param name="arguments"><c>--tool FILE --spec FILE --runs N</c>.</param>
    /// <returns>0, or 1 when the tool is not there or fails.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        string Option(string name, string standard) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : standard;
        var tool = Path.GetFullPath(Option("--tool", "artifacts/bin/Cluster.Cli/release/searchcluster"));
        var runs = int.Parse(Option("--runs", "9"), CultureInfo.InvariantCulture);
        if (!File.Exists(tool))
        {
            Console.Error.WriteLine($"{tool} is not there; build src/Cluster.Cli in Release, or name the program with --tool.");
            return 1;
        }

        var state = Directory.CreateTempSubdirectory("searchcluster-start-").FullName;
        try
        {
            await MeasureAsync(tool, $"run {Option("--spec", "examples/branin.search.yaml")} --port 0 -q", state);
            var found = Lines.ToDictionary(line => line, _ => new List<Cost>(), StringComparer.Ordinal);
            for (var run = 0; run < runs; run++)
            {
                foreach (var line in Lines)
                {
                    found[line].Add(await MeasureAsync(tool, line, state));
                }
            }

            Console.WriteLine("| command | processor | wall | memory |\n| --- | ---: | ---: | ---: |");
            foreach (var (line, costs) in found)
            {
                var processor = costs.Min(cost => cost.Processor).TotalMilliseconds;
                var wall = costs.Min(cost => cost.Wall).TotalMilliseconds;
                Console.WriteLine($"| `{line}` | {processor:0} ms | {wall:0} ms | {costs.Max(cost => cost.PeakMegabytes):0} MB |");
            }

            return 0;
        }
        catch (InvalidOperationException failed)
        {
            Console.Error.WriteLine(failed.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static async Task<Cost> MeasureAsync(string tool, string line, string state)
    {
        var start = new ProcessStartInfo(tool, [.. line.Split(' '), "--state", state])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var before = ChildTimes.Now;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0.0;
        while (!process.WaitForExit(1))
        {
            peak = Math.Max(peak, Peak(process.Id));
        }

        var wall = clock.Elapsed;
        var texts = await output;
        return process.ExitCode == 0
            ? new(ChildTimes.Now - before, wall, peak)
            : throw new InvalidOperationException($"{line} failed with exit code {process.ExitCode}: {texts[1].Trim()}");
    }

    // A process that is just ending has no memory any more.
    private static double Peak(int process)
    {
        try
        {
            return ProcessMemory.Of(process)?.Peak ?? 0;
        }
        catch (Exception gone) when (gone is IOException or KeyNotFoundException)
        {
            return 0;
        }
    }

    private sealed record Cost(TimeSpan Processor, TimeSpan Wall, double PeakMegabytes);
}
