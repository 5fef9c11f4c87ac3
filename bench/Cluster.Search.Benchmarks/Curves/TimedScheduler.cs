using System.Diagnostics;
using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Benchmarks.Curves;

/// <summary>Measures what a scheduler's decisions take.</summary>
internal sealed class TimedScheduler(ITrialScheduler inner) : ITrialScheduler
{
    public string Name => inner.Name;

    public Timing Measurements { get; } = new();

    public Timing Choices { get; } = new();

    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        var started = Stopwatch.GetTimestamp();
        var decision = inner.OnMeasurement(view, trial, measurement);
        Measurements.Add(Stopwatch.GetElapsedTime(started));
        return decision;
    }

    public NextAction Next(SearchView view)
    {
        var started = Stopwatch.GetTimestamp();
        var action = inner.Next(view);
        Choices.Add(Stopwatch.GetElapsedTime(started));
        return action;
    }

    /// <summary>Times of one kind of call.</summary>
    internal sealed class Timing
    {
        private readonly List<double> _microseconds = [];

        public int Count => _microseconds.Count;

        public void Add(TimeSpan time) => _microseconds.Add(time.TotalMicroseconds);

        /// <summary>Mean over the last share of the calls, when the search is largest.</summary>
        public double MeanOfLast(double share) => Count == 0 ? 0 : _microseconds.TakeLast(Math.Max(1, (int)(Count * share))).Average();

        public double Percentile(double share) => Count == 0 ? 0 : _microseconds.Order().ElementAt((int)((Count - 1) * share));
    }
}
