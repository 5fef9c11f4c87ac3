namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class DispatcherTests
{
    [Fact]
    public async Task Never_gives_a_worker_more_than_its_slots_however_it_asks()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("greedy", trials: 50));
        var worker = system.Worker("w", slots: 2);
        await worker.ConnectAsync();

        worker.Request(2);
        worker.Request(2);
        worker.Request(2);
        await worker.AssignedAsync();
        await system.WhenAsync("greedy", detail => detail.Summary.Counts.Running == 2);
        worker.Request(2);
        await worker.ConnectAsync();

        (await system.DetailAsync("greedy")).Summary.Counts.Running.ShouldBe(2);
    }

    [Fact]
    public async Task A_finished_item_frees_its_slot_for_the_request_that_came_with_the_report()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("chain", trials: 5));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();

        for (var trial = 1; trial < 5; trial++)
        {
            worker.Finish(lease, 1);
            var next = await worker.LeaseAsync();
            next.Fence.ShouldBeGreaterThan(lease.Fence);
            lease = next;
        }
    }

    [Fact]
    public async Task Shares_slots_fairly_between_searches()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("one", trials: 50));
        await system.SubmitAsync(TestSpecs.Random("two", trials: 50));
        var worker = system.Worker("w", slots: 8);
        await worker.ConnectAsync();
        await system.WhenAsync("one", detail => detail.Summary.Counts.Waiting > 0);
        await system.WhenAsync("two", detail => detail.Summary.Counts.Waiting > 0);

        var given = (await worker.RequestAsync(8)).Count;
        while (given < 8)
        {
            given += (await worker.RequestAsync(8 - given)).Count;
        }

        (await system.DetailAsync("one")).Summary.Counts.Running.ShouldBe(4);
        (await system.DetailAsync("two")).Summary.Counts.Running.ShouldBe(4);
    }

    [Theory]
    [InlineData("left")]
    [InlineData("started again")]
    public async Task A_worker_that_goes_while_its_lease_is_written_leaves_the_other_trials_to_others(string how)
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("left-alone", trials: 2));
        var gone = system.Worker("gone");
        await gone.ConnectAsync();
        await system.WhenAsync("left-alone", detail => detail.Summary.Counts.Waiting == 2);
        var before = system.Journal.Writes.Count;
        system.Journal.Hold();
        gone.Request(1);
        await Patience.UntilAsync(() => system.Journal.Writes.Count > before);

        var next = how == "left" ? system.Worker("next") : system.Worker("gone", incarnation: "two");
        if (how == "left")
        {
            gone.SayGoodbye();
        }

        await next.ConnectAsync();

        // The clock stands, so nothing expires: the lease of the process that is gone stays, or ends when the search hears of the next one
        // after it was written. Either way there is a trial for the next one.
        system.Journal.Release();

        (await next.LeaseAsync()).SearchId.ShouldBe(new SearchId("left-alone"));
    }

    [Fact]
    public async Task A_request_waits_until_there_is_work()
    {
        await using var system = await SearchSystem.StartAsync();
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        worker.Request(1);

        await system.SubmitAsync(TestSpecs.Random("later"));

        (await worker.AssignedAsync()).ShouldHaveSingleItem().Lease.SearchId.ShouldBe(new SearchId("later"));
    }

    [Fact]
    [Trait("Promise", "R28")]
    public async Task Refuses_another_version_and_names_both()
    {
        await using var system = await SearchSystem.StartAsync();
        var worker = system.Worker("w", version: "0.0.1-other");

        worker.SayHello();

        var refused = await worker.ExpectAsync<WorkerProtocol.WorkerRefused>();
        refused.Message.ShouldContain("0.0.1-other");
        refused.Message.ShouldContain(ProductVersion.Current);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    [InlineData(1_000_000_000)]
    public async Task Refuses_slots_out_of_range(int slots)
    {
        await using var system = await SearchSystem.StartAsync();
        var worker = system.Worker("w", slots);

        worker.SayHello();

        (await worker.ExpectAsync<WorkerProtocol.WorkerRefused>()).Message.ShouldContain("1 to 64");
    }

    [Fact]
    public async Task A_process_in_the_folder_of_the_one_before_has_the_name_at_once_and_that_one_is_refused()
    {
        await using var system = await SearchSystem.StartAsync();
        var older = system.Worker("w");
        var newer = system.Worker("w", incarnation: "two");
        await older.ConnectAsync();

        await newer.ConnectAsync();
        older.SayHello();

        (await older.ExpectAsync<WorkerProtocol.WorkerRefused>()).Message.ShouldContain("taken over");
        (await newer.ExpectAsync<WorkerProtocol.WorkerWelcome>()).Warning
            .ShouldNotBeNull()
            .ShouldContain("took the name of worker w from another one that was alive");
        await newer.ConnectAsync();
    }

    [Fact]
    public async Task A_second_process_of_another_folder_is_refused_while_the_first_is_alive_and_told_who_has_the_name()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("kept"));
        var first = system.Worker("w");
        await first.ConnectAsync();
        var lease = await first.LeaseAsync();
        var second = system.Worker("w", incarnation: "two", folder: "/elsewhere/workers/w");

        second.SayHello();

        (await second.ExpectAsync<WorkerProtocol.WorkerRefused>()).Message.ShouldBe(
            "The name w is that of another worker, which is alive: process 4711 on lab, since 2026-01-01 00:00:00 UTC, in "
                + "/state/workers/w. Give this one a name of its own with --name, or stop the other one first.");
        await first.ConnectAsync(lease);
        first.Finish(lease, 1);
        await system.WhenAsync("kept", detail => detail.Summary.Counts.Completed == 1);
        (await ClusterAsync(system)).Workers.ShouldHaveSingleItem().Worker.Incarnation.ShouldBe("one");
    }

    [Fact]
    public async Task A_second_process_of_another_folder_has_the_name_once_the_first_was_silent_for_the_lease_time()
    {
        await using var system = await SearchSystem.StartAsync();
        var first = system.Worker("w");
        await first.ConnectAsync();
        system.System.Stop(first.Probe.Ref);
        var second = system.Worker("w", incarnation: "two", folder: "/elsewhere/workers/w");

        second.SayHello();
        (await ClusterAsync(system)).Workers.ShouldHaveSingleItem().Worker.Incarnation.ShouldBe("one");
        system.Clock.Advance(TimeSpan.FromSeconds(16));
        await Patience.UntilAsync(async () =>
        {
            second.SayHello();
            return (await ClusterAsync(system)).Workers is [{ Worker.Incarnation: "two" }];
        });

        await second.ConnectAsync();
    }

    [Fact]
    public async Task A_process_that_follows_one_that_is_gone_is_not_warned()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.Worker("w").ConnectAsync();
        var newer = system.Worker("w", incarnation: "two");

        newer.SayHello();

        (await newer.ExpectAsync<WorkerProtocol.WorkerWelcome>()).Warning.ShouldBeNull();
    }

    [Fact]
    public async Task Describes_the_workers_and_forgets_silent_ones()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.Worker("a").ConnectAsync();
        await system.Worker("b", slots: 3).ConnectAsync();
        (await ClusterAsync(system)).Workers.Select(worker => worker.Worker.Slots).ShouldBe([1, 3]);

        system.Clock.Advance(TimeSpan.FromSeconds(16));

        await Patience.UntilAsync(async () => (await ClusterAsync(system)).Workers.Count == 0);
    }

    private static Task<ClusterView> ClusterAsync(SearchSystem system) =>
        system.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster());

    [Fact]
    public async Task A_search_that_is_paused_and_resumed_while_the_journal_writes_is_asked_again()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("resumed"));
        var (busy, free) = (system.Worker("busy"), system.Worker("free", folder: "/state/workers/free"));
        await busy.ConnectAsync();
        await free.ConnectAsync();
        var lease = await busy.LeaseAsync();
        system.Journal.Hold();
        busy.Measure(lease, 1);
        system.Manager.Tell(new SearchCommands.PauseSearch(new SearchId("resumed")), system.Probe().Ref);

        free.Request(1);
        await system.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster());
        system.Manager.Tell(new SearchCommands.ResumeSearch(new SearchId("resumed")), system.Probe().Ref);
        await system.DetailAsync("resumed");
        system.Journal.Release();

        (await free.AssignedAsync()).ShouldHaveSingleItem();
    }
}
