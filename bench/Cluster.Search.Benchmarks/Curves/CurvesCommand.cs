using System.Globalization;

namespace SearchCluster.Search.Benchmarks.Curves;

/// <summary>Epochs spent and true regret of schedulers on learning curves.</summary>
internal static class CurvesCommand
{
    private const int Trials = 200;

    /// <summary>Runs and prints a table in Markdown.</summary>
    /// <param name="options">scheduler, algorithm, par, seeds.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        var (first, last) = options.Range("seeds", (0, 9));
        Console.WriteLine(
            "Medians over the seeds. Regret is that of the trial with the lowest loss observed at any epoch so far; "
                + "in brackets, at epoch 81 only.");
        Console.WriteLine();
        Console.WriteLine(
            "| sampler, workers | scheduler | epochs spent "
                + "| finished | 1,000 epochs | 2,000 epochs | 4,000 epochs | at the end | ms a suggestion |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var algorithm in options.Text("algorithm", "random").Split(','))
        {
            foreach (var slots in options.Text("par", "1,8").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
            {
                foreach (var scheduler in options.Text("scheduler", "none,asha").Split(','))
                {
                    var runs = Enumerable.Range(first, last - first + 1).Select(seed => new CurveSearch(
                        new AlgorithmSpec(algorithm, options.Values),
                        new SchedulerSpec(scheduler, options.SchedulerValues),
                        (ulong)seed,
                        Trials,
                        slots).Run(slots))
                        .ToArray();
                    Print(algorithm, slots, scheduler, runs);
                }
            }
        }

        return 0;
    }

    private static void Print(string algorithm, int slots, string scheduler, CurveSearch[] runs)
    {
        string At(int epochs) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Median(runs, run => run.Regret[Math.Min(epochs, run.Regret.Count) - 1].Any):0.000} "
                + $"({Median(runs, run => run.Regret[Math.Min(epochs, run.Regret.Count) - 1].Finished):0.000})");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {algorithm}, {slots} | {scheduler} | {Median(runs, run => run.Regret.Count):#,0} "
                + $"| {Median(runs, run => run.Finished):0} | {At(1_000)} | {At(2_000)} "
                + $"| {At(4_000)} | {At(int.MaxValue)} | {runs.Average(run => run.SuggestionTime.TotalMilliseconds) / Trials:0.00} |"));
    }

    private static double Median(CurveSearch[] runs, Func<CurveSearch, double> value)
    {
        // A run without a finished trial has no regret yet: it counts as the worst.
        var sorted = runs.Select(value).Select(v => double.IsNaN(v) ? double.PositiveInfinity : v).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
