using System.Diagnostics;
using System.Globalization;
using SearchCluster.Search.Analysis;
using SearchCluster.Search.Analysis.Dependence;
using SearchCluster.Search.Analysis.Forests;
using SearchCluster.Search.Analysis.Importance;

namespace SearchCluster.Search.Benchmarks.Analysis;

/// <summary>How long the analysis of a finished search takes.</summary>
internal static class AnalysisCommand
{
    /// <summary>Runs and prints a table in Markdown.</summary>
    /// <param name="options">trials, dimensions.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        var dimensions = options.Whole("dimensions", 10);
        Console.WriteLine("| trials | parameters | forest | fanova | with pairs | ped-anova | dependence | (ms) |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var trials in options.Text("trials", "50,100,1000,10000").Split(',').Select(int.Parse))
        {
            // The first round compiles.
            Measure(trials, dimensions);
            var times = Measure(trials, dimensions);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {trials} | {dimensions} "
                    + $"| {string.Join(" | ", times.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))} | |"));
        }

        return 0;
    }

    private static double[] Measure(int trials, int dimensions)
    {
        var sample = Sample(trials, dimensions);
        RandomForest? forest = null;
        return
        [
            Time(() => forest = RandomForest.Fit(sample, RandomForestOptions.Default, 1)),
            Time(() => FunctionalAnova.Compute(forest!)),
            Time(() => FunctionalAnova.Compute(forest!, withPairs: true)),
            Time(() => PedAnova.Compute(sample, PedAnovaOptions.Default, 1)),
            Time(() => PartialDependence.OfParameter(forest!, 0)),
        ];
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static AnalysisSample Sample(int trials, int dimensions)
    {
        var space = new SearchSpace([.. Enumerable.Range(0, dimensions).Select(i => new ParameterSpec($"x{i}", new RealDomain(0, 1)))]);
        var random = new RandomStream(1);
        var evaluated = Enumerable.Range(0, trials).Select(number =>
        {
            var point = Enumerable.Range(0, dimensions).Select(_ => random.NextDouble()).ToArray();
            var values = point.Select((place, i) => KeyValuePair.Create($"x{i}", ParameterValue.Real(place)));
            return new EvaluatedTrial(
                new TrialId(number),
                new ParameterValues(values),
                Math.Sin(5 * point[0]) + (point[1] * point[^1]) + (0.1 * random.NextGaussian()));
        });
        return AnalysisSample.TryCreate(space, evaluated, out var sample, out var refusal) ? sample : throw new ArgumentException(refusal);
    }
}
