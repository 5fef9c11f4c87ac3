namespace SearchCluster.Coordinator.Tests.Actors.Workers;

/// <summary>Priorities among the searches of a coordinator, from the spec and changed while they run.</summary>
public sealed class PriorityTests
{
    [Fact]
    public async Task The_search_of_the_higher_priority_gets_each_slot_until_it_has_no_more_work()
    {
        await using var system = await SearchSystem.StartAsync();
        await SubmitAsync(system, "low", 0);
        await SubmitAsync(system, "high", 5, trials: 3);
        var worker = await WorkerAsync(system, slots: 4);

        var given = await GivenAsync(worker, 4);

        given.Select(lease => lease.SearchId.Value).Order(StringComparer.Ordinal).ShouldBe(["high", "high", "high", "low"]);
    }

    [Fact]
    public async Task A_priority_that_a_person_changes_decides_about_the_next_slot_and_ends_nothing()
    {
        await using var system = await SearchSystem.StartAsync();
        await SubmitAsync(system, "first", 1);
        await SubmitAsync(system, "second", 0);
        var worker = await WorkerAsync(system, slots: 1);
        var running = (await GivenAsync(worker, 1)).ShouldHaveSingleItem();
        running.SearchId.ShouldBe(new SearchId("first"));

        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PrioritiseSearch(new("second"), 2)))
            .AlreadyDone.ShouldBeFalse();
        (await system.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PrioritiseSearch(new("second"), 2)))
            .AlreadyDone.ShouldBeTrue();
        worker.Finish(running, 1);

        (await GivenAsync(worker, 1)).ShouldHaveSingleItem().SearchId.ShouldBe(new SearchId("second"));
        await system.WhenAsync("first", detail => detail.Summary.Counts.Completed == 1);
    }

    [Fact]
    public async Task A_restarted_coordinator_knows_the_priority_of_before()
    {
        using var folder = new TemporaryFolder();
        var journal = Path.Combine(folder.Path, "journal.db");
        await using (var first = await SearchSystem.StartAsync(journalFile: journal))
        {
            await SubmitAsync(first, "kept", -3);
            await SubmitAsync(first, "changed", -3);
            await first.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PrioritiseSearch(new("changed"), 100));
        }

        await using var second = await SearchSystem.StartAsync(journalFile: journal);

        (await second.DetailAsync("kept")).Summary.Priority.ShouldBe(-3);
        (await second.DetailAsync("changed")).Summary.Priority.ShouldBe(100);
        (await second.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Searches
            .Select(search => (search.SearchId.Value, search.Priority))
            .ShouldBe([("kept", -3), ("changed", 100)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_priority_that_is_none_or_of_no_search_is_refused()
    {
        await using var system = await SearchSystem.StartAsync();
        await SubmitAsync(system, "there", 0);

        (await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PrioritiseSearch(new("there"), 101))).Message
            .ShouldBe("Priority is 101, but must be a whole number from -100 to 100.");
        (await system.AskAsync<SearchReplies.CommandRejected>(new SearchCommands.PrioritiseSearch(new("not-there"), 1))).Code
            .ShouldBe(RejectionCode.NotFound);
    }

    [Fact]
    public async Task Labels_and_devices_come_before_priorities()
    {
        await using var system = await SearchSystem.StartAsync();
        var spec = TestSpecs.Random("labelled", trials: 5);
        await system.SubmitAsync(spec with { Resources = new(Labels: new([new("room", "a")]), Priority: 100) });
        var gpu = TestSpecs.Random("on-gpu", trials: 5);
        await system.SubmitAsync(gpu with { Resources = new(Device: DeviceRequirement.Cuda, Priority: 50) });
        await SubmitAsync(system, "any", -100);
        var worker = await WorkerAsync(system, slots: 2);

        (await GivenAsync(worker, 2)).ShouldAllBe(lease => lease.SearchId == new SearchId("any"));
    }

    private static async Task SubmitAsync(SearchSystem system, string name, int priority, int trials = 20)
    {
        var spec = TestSpecs.Random(name, trials);
        await system.SubmitAsync(spec with { Resources = new(Priority: priority) });
    }

    // Each search has suggested what it can by then, so that what a request gets depends on priorities alone.
    private static async Task<TestWorker> WorkerAsync(SearchSystem system, int slots)
    {
        var worker = system.Worker("w", slots);
        await worker.ConnectAsync();
        foreach (var search in (await system.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches())).Searches)
        {
            var enough = Math.Min(3, search.TrialBudget!.Value);
            await system.WhenAsync(search.SearchId.Value, detail => detail.Summary.Counts.Waiting >= enough);
        }

        return worker;
    }

    private static async Task<List<LeaseKey>> GivenAsync(TestWorker worker, int slots)
    {
        List<LeaseKey> given = [];
        while (given.Count < slots)
        {
            given.AddRange((await worker.RequestAsync(slots - given.Count)).Select(work => work.Lease));
        }

        return given;
    }
}
