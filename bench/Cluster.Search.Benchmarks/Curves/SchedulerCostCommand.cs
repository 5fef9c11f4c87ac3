using System.Diagnostics;
using System.Globalization;
using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Benchmarks.Curves;

/// <summary>Time of a scheduler's decisions in a large search.</summary>
internal static class SchedulerCostCommand
{
    private const double LastShare = 0.1;

    /// <summary>Runs and prints a table in Markdown.</summary>
    /// <param name="options">scheduler, trials, par.</param>
    /// <returns>Exit code.</returns>
    public static int Run(Arguments options)
    {
        var (trials, slots) = (options.Whole("trials", 10_000), options.Whole("par", 16));
        Console.WriteLine(
            "Microseconds. The mean is that of the last tenth of the calls, when the search is largest; "
                + "made anew is the first call of a scheduler that has to read the whole search.");
        Console.WriteLine();
        Console.WriteLine(
            "| scheduler | trials | measurements | OnMeasurement: mean | 99 % | Next: calls | mean | 99 % | made anew (ms) |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var scheduler in options.Text("scheduler", "asha,hyperband,median").Split(','))
        {
            var search = new CurveSearch(
                new AlgorithmSpec("random", ParameterValues.Empty),
                new SchedulerSpec(scheduler, options.SchedulerValues),
                1,
                trials,
                slots).Run(slots);
            var (measured, chosen) = (search.Scheduler.Measurements, search.Scheduler.Choices);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {scheduler} | {trials:#,0} | {measured.Count:#,0} "
                    + $"| {measured.MeanOfLast(LastShare):0.0} | {measured.Percentile(0.99):0.0} | {chosen.Count:#,0} "
                    + $"| {chosen.MeanOfLast(LastShare):0.0} | {chosen.Percentile(0.99):0.0} | {Rebuild(search.State):0} |"));
        }

        return 0;
    }

    private static double Rebuild(SearchState state)
    {
        var (view, scheduler) = (SearchView.Of(state), TrialSchedulerCatalog.Create(state.Spec));
        var trial = new TrialId(state.Trials.FindLastIndex(record => record.Curve.Count > 0));
        var started = Stopwatch.GetTimestamp();
        scheduler.OnMeasurement(view, trial, state.Trials[trial.Number].Curve[^1]);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
