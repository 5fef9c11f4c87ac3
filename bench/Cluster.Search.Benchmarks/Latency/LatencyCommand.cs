using System.Diagnostics;
using System.Globalization;

namespace SearchCluster.Search.Benchmarks.Latency;

/// <summary>Milliseconds for one ask and tell of samplers at ten dimensions, after many finished trials.</summary>
internal static class LatencyCommand
{
    private const int WarmUps = 150;

    /// <summary>Runs and prints a table in Markdown.</summary>
    /// <param name="options">algorithms, trials, repeats.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        var sizes = options
            .Text("trials", "50,200,1000,5000,10000")
            .Split(',')
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            .ToArray();
        var repeats = options.Whole("repeats", 40);
        Console.WriteLine(
            "| algorithm | finished | median ms | mean ms | p95 ms | mean CPU ms | CPU ms of the first (sampler made anew) |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var algorithm in options.Text("algorithms", "auto").Split(','))
        {
            // Compiles the code that is measured before the first measurement.
            var warm = new GrownSearch(algorithm, sizes[0], options.Values);
            Enumerable.Range(0, WarmUps).ToList().ForEach(_ => warm.AskAndTell());
            foreach (var size in sizes)
            {
                Measure(algorithm, size, repeats, options.Values);
            }
        }

        return 0;
    }

    private static void Measure(string algorithm, int size, int repeats, ParameterValues options)
    {
        var search = new GrownSearch(algorithm, size, options);
        var before = Used;
        Time(search);
        var first = Used - before;
        before = Used;
        var times = Enumerable.Range(0, repeats).Select(_ => Time(search)).Order().ToArray();
        var used = (Used - before) / repeats;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {algorithm} | {size} | {times[times.Length / 2]:0.00} "
                + $"| {times.Average():0.00} | {times[(int)(0.95 * (times.Length - 1))]:0.00} | {used:0.00} | {first:0} |"));
    }

    // What the processors spent, compiler and collector included: the figure to trust where other programs share them.
    private static double Used => Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;

    private static double Time(GrownSearch search)
    {
        var started = Stopwatch.GetTimestamp();
        search.AskAndTell();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
