using Microsoft.Extensions.Time.Testing;
using SearchCluster.Coordinator.Actors.Workers;

namespace SearchCluster.Coordinator.Tests;

public sealed class WaitForRoomTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void The_worker_with_the_least_to_finish_is_emptied_once_nothing_became_empty_by_itself()
    {
        var room = new WaitForRoom(_clock, Patience);
        room.Look([(new("a"), 3), (new("b"), 1)]);
        room.Emptied.ShouldBeNull("mostly the process that died is back before, and is empty");
        _clock.Advance(Patience);

        room.Look([(new("a"), 3), (new("b"), 1)]);
        room.Emptied.ShouldBe(new WorkerId("b"));
        room.Look([(new("a"), 0), (new("b"), 1)]);
        room.Emptied.ShouldBe(new WorkerId("b"), "never two workers at a time");
        room.Look([(new("a"), 2)]);
        room.Emptied.ShouldBe(new WorkerId("a"), "the other one is gone");
    }

    [Fact]
    public void Nothing_is_emptied_when_nothing_waits_and_the_wait_begins_anew_when_something_was_given()
    {
        var room = new WaitForRoom(_clock, Patience);
        room.Look([(new("a"), 1)]);
        _clock.Advance(Patience);
        room.Look([(new("a"), 1)]);

        room.End();
        room.Look([(new("a"), 1)]);
        room.Emptied.ShouldBeNull();
        _clock.Advance(Patience);
        room.Look([]);
        room.Emptied.ShouldBeNull();
    }
}
