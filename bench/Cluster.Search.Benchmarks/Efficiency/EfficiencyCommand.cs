using System.Globalization;
using SearchCluster.Search.Benchmarks.Functions;

namespace SearchCluster.Search.Benchmarks.Efficiency;

/// <summary>Median simple regret of samplers after 25, 50 and 100 trials.</summary>
internal static class EfficiencyCommand
{
    private const int Trials = 100;

    /// <summary>Runs and prints a table in Markdown.</summary>
    /// <param name="options">algorithms, problems, seeds, batch.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        SuiteCheck.Run();
        var algorithms = options.Text("algorithms", "auto").Split(',');
        var problems = Problems.Find(options.Text("problems", "suite"));
        var (first, last) = options.Range("seeds", (0, 19));
        Console.WriteLine("| algorithm | batch | problem | 25 | 50 | 100 | quartiles at 100 | log10(regret/R100) | ms a trial |");
        Console.WriteLine("| --- | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: |");
        foreach (var batch in options.Text("batch", "1").Split(',').Select(int.Parse))
        {
            foreach (var algorithm in algorithms)
            {
                var scores = problems.Select(problem => Measure(problem, algorithm, batch, first, last, options.Values)).ToArray();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| **{algorithm}** | {batch} | mean of {scores.Length} | | | | | **{scores.Average():0.00}** | |"));
            }
        }

        return 0;
    }

    private static double Measure(TestProblem problem, string algorithm, int batch, int first, int last, ParameterValues options)
    {
        var random = problem.RandomRegret
            ?? Median([.. Runs(problem, "random", 1, 0, 19, ParameterValues.Empty).Select(run => run.Regret[^1])]);
        var runs = Runs(problem, algorithm, batch, first, last, options);
        double[] At(int trials) => [.. runs.Select(run => run.Regret[trials - 1]).Order()];
        var (early, middle, final) = (Median(At(25)), Median(At(50)), At(Trials));
        var score = Math.Log10(Math.Max(Median(final), 1e-12) / random);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {algorithm} | {batch} | {problem.Name} | {early:G3} | {middle:G3} | {Median(final):G3} | {final[final.Length / 4]:G3} "
                + $"… {final[^((final.Length / 4) + 1)]:G3} | {score:0.00} | {runs.Average(run => run.Milliseconds):0.0} |"));
        return score;
    }

    private static (double[] Regret, double Milliseconds)[] Runs(
        TestProblem problem, string algorithm, int batch, int first, int last, ParameterValues options) =>
        [.. Enumerable.Range(first, last - first + 1).Select(seed =>
        {
            var run = new AskTell(problem, algorithm, (ulong)seed, Trials, batch, options);
            return (run.Run(batch, Trials), run.Suggesting.TotalMilliseconds / Trials);
        })];

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
