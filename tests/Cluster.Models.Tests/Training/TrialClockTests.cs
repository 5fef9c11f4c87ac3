using Microsoft.Extensions.Time.Testing;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Tests.Training;

public sealed class TrialClockTests
{
    [Fact]
    public void Time_of_earlier_attempts_counts_for_the_trial_but_not_for_the_limit_of_this_attempt()
    {
        var time = new FakeTimeProvider();
        var clock = new TrialClock(time, limit: TimeSpan.FromSeconds(10)) { Before = TimeSpan.FromMinutes(1) };

        time.Advance(TimeSpan.FromSeconds(10));
        clock.Check();
        clock.Elapsed.ShouldBe(TimeSpan.FromSeconds(70));

        time.Advance(TimeSpan.FromTicks(1));
        Should.Throw<TrialTimeoutException>(clock.Check).Message.ShouldContain("limit of 10 s;");
    }
}
