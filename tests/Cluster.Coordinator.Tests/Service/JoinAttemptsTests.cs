using System.Net;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Coordinator.Service;

namespace SearchCluster.Coordinator.Tests.Service;

public sealed class JoinAttemptsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly JoinAttempts _attempts;

    public JoinAttemptsTests() => _attempts = new JoinAttempts(_clock);

    [Fact]
    public void The_eleventh_within_a_minute_waits_and_after_the_minute_no_more()
    {
        Fail("10.0.0.6", 9);
        _attempts.MustWait(IPAddress.Parse("10.0.0.6")).ShouldBeFalse();

        Fail("10.0.0.6", 1);

        _attempts.MustWait(IPAddress.Parse("10.0.0.6")).ShouldBeTrue();
        _attempts.MustWait(IPAddress.Parse("::ffff:10.0.0.6")).ShouldBeTrue();
        _attempts.MustWait(IPAddress.Parse("10.0.0.7")).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _attempts.MustWait(IPAddress.Parse("10.0.0.6")).ShouldBeFalse();
    }

    [Fact]
    public void All_addresses_of_a_network_of_six_groups_count_as_one()
    {
        Fail("fd00:1:2:3::1", 5);
        Fail("fd00:1:2:3:ffff::9", 5);

        _attempts.MustWait(IPAddress.Parse("fd00:1:2:3::2")).ShouldBeTrue();
        _attempts.MustWait(IPAddress.Parse("fd00:1:2:4::1")).ShouldBeFalse();
    }

    [Fact]
    public void Strangers_do_not_fill_the_memory_and_who_failed_lately_is_still_known()
    {
        for (var i = 0; i < 30_000; i++)
        {
            _attempts.Failed(new IPAddress([11, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));
        }

        Fail("10.0.0.6", 10);

        _attempts.MustWait(IPAddress.Parse("10.0.0.6")).ShouldBeTrue();
    }

    private void Fail(string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _attempts.Failed(IPAddress.Parse(address));
        }
    }
}
