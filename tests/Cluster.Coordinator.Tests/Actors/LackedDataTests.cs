namespace SearchCluster.Coordinator.Tests.Actors;

/// <summary>Workers that do not have the data of a search.</summary>
public sealed class LackedDataTests
{
    private const string Missing = "SC3014 No data set 'houses' is registered here.";

    [Fact]
    public async Task A_trial_goes_back_uncharged_and_its_worker_gets_nothing_more_of_the_search_for_a_minute()
    {
        await using var system = await SearchSystem.StartAsync();
        var (without, with) = (system.Worker("without"), system.Worker("with"));
        await without.ConnectAsync();
        await with.ConnectAsync();
        await system.SubmitAsync(TestSpecs.Random("houses", trials: 2));
        var lease = await without.LeaseAsync();

        Lack(without, lease);
        without.Request(1);
        var detail = await system.WhenAsync("houses", detail => detail.LackedBy is not null);

        detail.LackedBy!.Single().WorkerId.Value.ShouldBe("without");
        detail.LackedBy!.Single().Message.ShouldBe(Missing);
        detail.Summary.State.ShouldBe(SearchLifecycle.Running);
        with.Finish(await with.LeaseAsync(), 1);
        with.Finish(await with.LeaseAsync(), 1);
        (await system.WhenAsync("houses", detail => detail.Summary.State == SearchLifecycle.Completed))
            .Summary.Counts.Failed.ShouldBe(0);
    }

    [Fact]
    public async Task It_is_offered_the_search_again_after_a_minute()
    {
        await using var system = await SearchSystem.StartAsync();
        var (without, with) = (system.Worker("without"), system.Worker("with"));
        await without.ConnectAsync();
        await with.ConnectAsync();
        await system.SubmitAsync(TestSpecs.Random("houses", trials: 1));
        var lease = await without.LeaseAsync();
        Lack(without, lease);
        await system.WhenAsync("houses", detail => detail.LackedBy is not null);
        without.Request(1);

        system.Clock.Advance(TimeSpan.FromSeconds(61));
        without.SayHello();
        without.Request(1);

        var again = (await without.AssignedAsync()).Single().Lease;
        again.Item.ShouldBe(lease.Item);
        again.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_worker_has_them_the_search_ends_as_misconfigured()
    {
        await using var system = await SearchSystem.StartAsync();
        var (one, other) = (system.Worker("one"), system.Worker("other"));
        await one.ConnectAsync();
        await other.ConnectAsync();
        await system.SubmitAsync(TestSpecs.Random("houses", trials: 5));

        Lack(one, await one.LeaseAsync());
        await system.WhenAsync("houses", detail => detail.LackedBy is not null);
        Lack(other, await other.LeaseAsync());

        var ended = await system.WhenAsync("houses", detail => detail.Summary.State == SearchLifecycle.Failed);
        ended.EndReason.ShouldBe(SearchEndReason.Misconfigured);
        ended.EndExplanation.ShouldNotBeNull().ShouldContain(Missing);
    }

    [Fact]
    public async Task A_worker_that_trained_on_them_and_is_away_keeps_the_search_alive()
    {
        await using var system = await SearchSystem.StartAsync();
        var with = system.Worker("with");
        await with.ConnectAsync();
        await system.SubmitAsync(TestSpecs.Random("houses", trials: 5));
        var first = await with.LeaseAsync();
        with.Measure(first, 1);
        with.Finish(first, 2);
        await system.WhenAsync("houses", detail => detail.Summary.Counts.Completed == 1);
        with.SayGoodbye();
        var without = system.Worker("without");
        await without.ConnectAsync();

        Lack(without, await without.LeaseAsync());

        var detail = await system.WhenAsync("houses", detail => detail.LackedBy is not null);
        detail.Summary.State.ShouldBe(SearchLifecycle.Running);
        detail.EndReason.ShouldBeNull();
    }

    private static void Lack(TestWorker worker, LeaseKey lease) => worker.Send(new SearchCommands.ReportOutcome(
        lease, 1, new AttemptFailed(new(TrialFailureKind.DataMissing, Missing)), null));
}
