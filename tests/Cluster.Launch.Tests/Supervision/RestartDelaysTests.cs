using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.Tests.Supervision;

public sealed class RestartDelaysTests
{
    [Fact]
    public void Waits_double_up_to_half_a_minute_and_begin_anew_after_a_good_life()
    {
        var delays = new RestartDelays();

        Enumerable.Range(0, 7).Select(_ => delays.After(TimeSpan.FromSeconds(1)).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 30, 30]);
        delays.After(TimeSpan.FromMinutes(1)).TotalSeconds.ShouldBe(1);
        delays.After(TimeSpan.Zero).TotalSeconds.ShouldBe(2);
    }
}
