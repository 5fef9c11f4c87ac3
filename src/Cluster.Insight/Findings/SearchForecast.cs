using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Findings;

/// <summary>How far a search is, by the limit it reaches first, and how long it will still take if it goes on as so far.</summary>
public sealed record SearchForecast(double? Fraction, TimeSpan? Remaining)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static SearchForecast Of(SearchDetail detail)
    {
        if (detail.Summary.State is SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed)
        {
            return new(1, TimeSpan.Zero);
        }

        var budget = detail.Budget;
        var fractions = new[]
        {
            Share(detail.Summary.Counts.Finished, budget.Trials),
            Share(detail.ActiveTime.TotalSeconds, budget.Time?.TotalSeconds),
            Share(detail.DeviceTime.TotalSeconds, budget.DeviceTime?.TotalSeconds),
            Share(detail.Epochs, budget.Epochs),
        };
        var fraction = fractions.Max();

        // What waits for somebody to make room has no end that could be told.
        var goesOn = detail is { Trouble: null, Summary.State: SearchLifecycle.Running };
        return new(fraction, fraction is > 0 and { } done && goesOn ? Rest(detail, done) : null);
    }

    // What is not limited by the clock goes on as fast as it did while attempts ran: time without a worker says nothing about it.
    private static TimeSpan Rest(SearchDetail detail, double done)
    {
        var rest = (detail.BusyTime ?? detail.ActiveTime).TotalSeconds * (1 - done) / done;
        var limit = detail.Budget.Time is { } time ? (time - detail.ActiveTime).TotalSeconds : double.MaxValue;
        return TimeSpan.FromSeconds(Math.Clamp(Math.Min(rest, limit), 0, Longest.TotalSeconds));
    }

    private static double? Share(double used, double? limit) => limit is > 0 ? Math.Clamp(used / limit.Value, 0, 1) : null;
}
