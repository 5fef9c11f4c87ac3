using Akka.Event;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Hosting.Cluster.Connections;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

public sealed class RefusalLogTests : Akka.TestKit.Xunit.TestKit
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Each_cause_has_one_line_a_minute_and_the_next_one_counts_those_between()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        var log = new RefusalLog(Sys.Log, "the key of this cluster", _clock);

        for (var i = 0; i < 1000; i++)
        {
            log.Note(HandshakeFault.Garbage, "127.0.0.1:1");
        }

        log.Note(HandshakeFault.Silent, "127.0.0.1:2");
        _clock.Advance(TimeSpan.FromMinutes(1));
        log.Note(HandshakeFault.Garbage, "127.0.0.1:3");

        ExpectMsg<Warning>().Message.ToString()!.ShouldBe(
            "A connection from 127.0.0.1:1 to the port for workers was refused: it does not speak as a process of this cluster does");
        ExpectMsg<Warning>().Message.ToString()!.ShouldContain("127.0.0.1:2");
        ExpectMsg<Warning>().Message.ToString()!.ShouldEndWith("(as 999 more since the last line about it)");
    }
}
