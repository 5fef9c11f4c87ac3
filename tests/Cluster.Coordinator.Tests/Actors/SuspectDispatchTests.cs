namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>Processes of workers end while several trials run in them: the coordinator finds the trial that ends them, and charges no
/// other.</summary>
public sealed class SuspectDispatchTests
{
    [Fact]
    public async Task Two_deaths_together_make_suspects_that_run_alone_one_after_the_other()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("pair", trials: 2));
        var process = await DieAsync(system, deaths: 2, slots: 2);

        var first = (await process.RequestAsync(2)).ShouldHaveSingleItem().Lease;
        process.Request(2);
        await process.ConnectAsync(first);
        (await system.DetailAsync("pair")).Summary.Counts.Running.ShouldBe(1, "nothing runs beside a suspect, however its worker asks");
        process.Finish(first, 1);
        process.Request(2);
        var second = (await process.AssignedAsync()).ShouldHaveSingleItem().Lease;
        process.Finish(second, 1);

        var over = await system.WhenAsync("pair", detail => detail.Summary.State == SearchLifecycle.Completed);
        over.Summary.Counts.Completed.ShouldBe(2);
        over.Warnings!.ShouldContain(warning => warning.Text.Contains("run alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspect_that_gets_further_shares_its_worker_again()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("further", trials: 2));
        var process = await DieAsync(system, deaths: 2, slots: 2);
        var first = (await process.RequestAsync(2)).ShouldHaveSingleItem().Lease;

        process.Measure(first, 1);
        await process.ExpectAsync<WorkerProtocol.ReportAccepted>();
        process.Finish(first, 2);
        process.Request(2);
        var second = (await process.AssignedAsync()).ShouldHaveSingleItem().Lease;
        process.Measure(second, 1);
        await process.ExpectAsync<WorkerProtocol.ReportAccepted>();
        await system.SubmitAsync(TestSpecs.Random("beside"));

        process.Request(1);
        (await process.AssignedAsync()).ShouldHaveSingleItem().Lease.SearchId.ShouldBe(new SearchId("beside"));
    }

    [Fact]
    public async Task One_trial_alone_in_its_process_is_charged_also_on_a_worker_of_many_slots()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("lone", trials: 1));
        await DieAsync(system, deaths: 4, slots: 8);

        var over = await system.WhenAsync("lone", detail => detail.Summary.Counts.Failed == 1);
        over.Failures!.ShouldHaveSingleItem().Message.ShouldStartWith(
            "Given up: it lost the process of its worker 4 times without getting further, each time alone in it, and retry.max is 3.");
    }

    [Fact]
    public async Task Trials_of_different_searches_in_one_process_are_neighbours()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("mine", trials: 1));
        await system.SubmitAsync(TestSpecs.Random("yours", trials: 1));
        await DieAsync(system, deaths: 1, slots: 2);

        foreach (var name in (string[])["mine", "yours"])
        {
            await system.WhenAsync(name, detail => detail.Summary.Counts.Waiting == 1);
            var trial = await TrialAsync(system, name);
            trial.Losses.ShouldNotBeNull().ShouldHaveSingleItem().IsAlone.ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Leases_that_run_out_one_after_the_other_were_together()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("silent", trials: 2));
        var worker = system.Worker("w", slots: 2);
        await worker.ConnectAsync();
        var first = await worker.LeaseAsync();
        system.Clock.Advance(TimeSpan.FromSeconds(5));
        await RenewAsync(first);
        var second = await worker.LeaseAsync();
        system.Clock.Advance(TimeSpan.FromSeconds(5));
        await RenewAsync(second);

        system.Clock.Advance(TimeSpan.FromSeconds(11));
        await system.WhenAsync("silent", detail => detail.Summary.Counts.Waiting == 1);
        system.Clock.Advance(TimeSpan.FromSeconds(6));
        await system.WhenAsync("silent", detail => detail.Summary.Counts.Waiting == 2);

        var page = await system.AskAsync<Contracts.Api.TrialPage>(new SearchQueries.GetTrials(new SearchId("silent"), 0, 10, false));
        page.Trials.Select(trial => trial.Losses!.ShouldHaveSingleItem().IsAlone).ShouldBe([false, false]);

        // The dispatcher welcomes the worker after it has told the search, which answers the question after that.
        async Task RenewAsync(LeaseKey lease)
        {
            await worker.ConnectAsync(lease);
            await system.DetailAsync("silent");
        }
    }

    [Fact]
    public async Task How_the_process_before_ended_is_kept_with_the_trial()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("told", trials: 1));
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        await worker.LeaseAsync();

        var next = system.Worker("w", incarnation: "two");
        next.SayHelloAfter(new FormerProcess("was ended by signal 6 (SIGABRT) after 4 s", "CUDA error: device-side assert"));

        await system.WhenAsync("told", detail => detail.Summary.Counts.Waiting == 1);
        var failure = (await TrialAsync(system, "told")).Failure!;
        failure.Message.ShouldBe("The process of worker w was ended by signal 6 (SIGABRT) after 4 s.");
        failure.Detail.ShouldNotBeNull().ShouldContain("device-side assert");
    }

    [Fact]
    public async Task A_suspicion_survives_the_coordinator()
    {
        using var folder = new TemporaryFolder();
        var journal = Path.Combine(folder.Path, "journal.db");
        await using (var before = await SearchSystem.StartAsync(journalFile: journal))
        {
            await before.SubmitAsync(TestSpecs.Random("kept", trials: 2));
            await DieAsync(before, deaths: 2, slots: 2);
            await before.WhenAsync("kept", detail => detail.Summary.Counts.Waiting == 2);
        }

        await using var system = await SearchSystem.StartAsync(journalFile: journal);
        var worker = system.Worker("w", slots: 2, incarnation: "later");
        await worker.ConnectAsync();

        (await worker.RequestAsync(2)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Coordinator_and_worker_that_die_together_leave_one_trial_charged_and_two_not()
    {
        using var folder = new TemporaryFolder();
        var journal = Path.Combine(folder.Path, "journal.db");
        await using (var before = await SearchSystem.StartAsync(journalFile: journal))
        {
            await before.SubmitAsync(TestSpecs.Random("one", trials: 1));
            await before.SubmitAsync(TestSpecs.Random("two", trials: 2));
            var (single, several) = (before.Worker("single", slots: 2), before.Worker("several", slots: 2));
            await single.ConnectAsync();
            await before.WhenAsync("one", detail => detail.Summary.Counts.Waiting == 1);
            await before.WhenAsync("two", detail => detail.Summary.Counts.Waiting == 2);
            (await single.LeaseAsync()).SearchId.ShouldBe(new SearchId("one"));
            await several.ConnectAsync();
            await TakeAsync(several, 2);
        }

        await using var system = await SearchSystem.StartAsync(journalFile: journal);
        await system.Worker("single", slots: 2, incarnation: "next").ConnectAsync();
        await system.Worker("several", slots: 2, incarnation: "next").ConnectAsync();

        await system.WhenAsync("one", detail => detail.Summary.Counts.Waiting == 1);
        await system.WhenAsync("two", detail => detail.Summary.Counts.Waiting == 2);
        (await TrialAsync(system, "one")).Losses!.ShouldHaveSingleItem().IsAlone.ShouldBeTrue();
        (await TrialAsync(system, "two")).Losses!.ShouldHaveSingleItem().IsAlone.ShouldBeFalse();
    }

    /// <summary>Lets processes of one worker take what there is, and end.</summary>
    /// <returns>The process that follows, connected.</returns>
    private static async Task<TestWorker> DieAsync(SearchSystem system, int deaths, int slots)
    {
        var worker = system.Worker("w", slots, incarnation: "p0");
        await worker.ConnectAsync();
        for (var death = 0; death < deaths; death++)
        {
            var waiting = 0;
            foreach (var search in (await system.AskAsync<Contracts.Api.SearchList>(new SearchManagerProtocol.ListSearches())).Searches)
            {
                var name = search.SearchId.Value;
                var budget = search.TrialBudget!.Value;
                await system.WhenAsync(name, detail => detail.Summary.Counts.Waiting == budget);
                waiting += budget;
            }

            await TakeAsync(worker, waiting);
            worker = system.Worker("w", slots, incarnation: $"p{death + 1}");
            await worker.ConnectAsync();
        }

        return worker;
    }

    private static async Task TakeAsync(TestWorker worker, int groups)
    {
        for (var taken = 0; taken < groups;)
        {
            taken += (await worker.RequestAsync(groups - taken)).Count;
        }
    }

    private static async Task<Contracts.Api.TrialView> TrialAsync(SearchSystem system, string name) =>
        (await system.AskAsync<Contracts.Api.TrialPage>(new SearchQueries.GetTrials(new SearchId(name), 0, 1, false))).Trials[0];
}
