using SearchCluster.Coordinator.Actors.Searches;

namespace SearchCluster.Coordinator.Tests;

public sealed class FenceBaseTests
{
    [Fact]
    public void A_later_search_begins_above_all_leases_of_an_earlier_one()
    {
        var first = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

        (FenceBase.At(first.AddSeconds(1)) - FenceBase.At(first)).ShouldBe(100_000);
        FenceBase.At(DateTimeOffset.UnixEpoch).ShouldBe(0);

        // Numbers in JSON keep 53 bits: enough until the year 2881.
        FenceBase.At(new(2800, 1, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBeLessThan(1L << 53);
    }
}
