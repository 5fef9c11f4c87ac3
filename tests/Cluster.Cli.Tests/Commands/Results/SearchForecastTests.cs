using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Insight.Findings;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class SearchForecastTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Time_without_a_worker_does_not_count()
    {
        var detail = Sample.Detail() with { ActiveTime = TimeSpan.FromHours(2), BusyTime = 10 * Second };
        var done = SearchForecast.Of(detail).Fraction!.Value;

        SearchForecast.Of(detail).Remaining!.Value.ShouldBe(10 * Second * ((1 - done) / done), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Of_a_coordinator_that_does_not_tell_it_the_running_time_counts()
    {
        var detail = Sample.Detail() with { ActiveTime = 100 * Second, BusyTime = null };
        var done = SearchForecast.Of(detail).Fraction!.Value;

        SearchForecast.Of(detail).Remaining!.Value.ShouldBe(100 * Second * ((1 - done) / done), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_limit_of_time_runs_on_without_a_worker()
    {
        var detail = Sample.Detail() with
        {
            ActiveTime = 90 * Second,
            BusyTime = 80 * Second,
            Budget = new BudgetSpec(Time: 100 * Second),
        };

        SearchForecast.Of(detail).Remaining!.Value.ShouldBe(80 * Second / 9, TimeSpan.FromMilliseconds(1));
        SearchForecast.Of(detail with { BusyTime = 100 * Second }).Remaining!.Value.ShouldBe(10 * Second, TimeSpan.FromMilliseconds(1));
    }
}
