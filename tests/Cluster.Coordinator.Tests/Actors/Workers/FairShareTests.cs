using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Actors.Workers;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Tests.Actors.Workers;

public sealed class FairShareTests
{
    private static readonly ValueMap<string> Room = new([new("room", "a")]);
    private static readonly WorkerDescription Cpu = Worker("cpu");

    private readonly FairShare _shares = new();

    [Fact]
    public void A_higher_priority_takes_all_free_slots_and_a_lower_one_what_is_left()
    {
        Note("low", groups: 10);
        Note("high", groups: 3, running: 50, priority: 1);

        Take(Cpu, 8).ShouldBe(("high", 3));
        Take(Cpu, 5).ShouldBe(("low", 5));
    }

    [Fact]
    public void Only_searches_of_the_highest_priority_count_when_slots_are_shared()
    {
        Note("a", groups: 10, priority: 1);
        Note("low", groups: 10, priority: -100);
        Note("b", groups: 10, priority: 1);

        Take(Cpu, 8).ShouldBe(("a", 4));
        Take(Cpu, 4).ShouldBe(("b", 2));
    }

    [Fact]
    public void A_higher_priority_that_does_not_fit_holds_nobody_up()
    {
        Note("gpu", groups: 10, priority: 100, device: DeviceRequirement.Cuda);
        Note("room", groups: 10, priority: 100, labels: Room);
        Note("any", groups: 10);

        Take(Cpu, 2).ShouldBe(("any", 2));
        Take(Worker("cuda"), 2).ShouldBe(("gpu", 2));
        Take(Worker("cpu", Room), 2).ShouldBe(("room", 2));
    }

    [Fact]
    public void Work_that_runs_alone_needs_a_worker_that_fits_as_well()
    {
        Note("alone", alone: 1, device: DeviceRequirement.Cuda, labels: Room);

        _shares.TakeAlone(Worker("cuda")).ShouldBeNull();
        _shares.TakeAlone(Worker("cpu", Room)).ShouldBeNull();
        _shares.WantAlone(Worker("cpu", Room)).ShouldBeFalse();
        _shares.TakeAlone(Worker("cuda", Room))!.Value.Search.ShouldBe(new SearchId("alone"));
    }

    [Fact]
    public void Work_that_runs_alone_comes_before_other_work_of_its_priority_and_after_that_of_a_higher_one()
    {
        Note("alone", alone: 1);
        Note("beside", groups: 5);
        _shares.WantAlone(Cpu).ShouldBeTrue();

        Note("high", groups: 5, priority: 1);
        _shares.WantAlone(Cpu).ShouldBeFalse("no worker is emptied for it while more important work waits");
        _shares.TakeAlone(Cpu).ShouldBeNull();

        Note("high", groups: 0, priority: 1);
        _shares.TakeAlone(Cpu)!.Value.Search.ShouldBe(new SearchId("alone"));
    }

    [Fact]
    public void A_search_that_had_nothing_to_run_alone_is_still_asked_for_what_runs_beside_others()
    {
        Note("both", groups: 2, alone: 1);
        _shares.TakeAlone(Cpu).ShouldNotBeNull();

        _shares.Settle(new(new("both"), Cpu, 1, Alone: true), given: 0);

        _shares.TakeAlone(Cpu).ShouldBeNull();
        Take(Cpu, 4).ShouldBe(("both", 2));
    }

    [Fact]
    public void A_priority_that_changed_decides_about_the_next_slot()
    {
        Note("a", groups: 10, priority: 1);
        Note("b", groups: 10);
        Take(Cpu, 1).ShouldBe(("a", 1));

        Note("b", groups: 10, priority: 2);

        Take(Cpu, 1).ShouldBe(("b", 1));
    }

    private static WorkerDescription Worker(string kind, ValueMap<string>? labels = null) =>
        new(new(kind), "one", new(kind, "test", 0), 8, labels ?? ValueMap<string>.Empty, "1.0.0");

    private (string Search, int Groups)? Take(WorkerDescription worker, int available) =>
        _shares.Take(worker, available) is { } choice ? (choice.Search.Value, choice.Groups) : null;

    private void Note(
        string search,
        int groups = 0,
        int running = 0,
        int priority = 0,
        int alone = 0,
        DeviceRequirement device = DeviceRequirement.Auto,
        ValueMap<string>? labels = null) => _shares.Note(
        new LocalMessages.SearchDemand(new(search), IsOver: false, new WorkDemand(groups, device, labels, alone), running, priority),
        ActorRefs.Nobody);
}
