using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Tests.Actors;

public sealed class DrainTests
{
    private static readonly WorkerId W = new("w");

    [Fact]
    [Trait("Promise", "R24")]
    public async Task A_drain_is_answered_when_the_worker_has_said_that_it_is_and_then_it_gets_nothing()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("drained", trials: 5));
        var worker = system.Worker("w", slots: 2);
        await worker.ConnectAsync();
        var lease = await worker.LeaseAsync();
        var asker = system.Probe();

        system.Manager.Tell(new SearchManagerProtocol.DrainWorker(W, IsDrained: true, GiveBack: true), asker.Ref);
        (await worker.ExpectAsync<WorkerProtocol.SetDrain>()).ShouldBe(new(W, IsDrained: true, GiveBack: true));
        worker.Request(1);
        await worker.ConnectAsync(lease);
        (await worker.ExpectAsync<WorkerProtocol.SetDrain>()).GiveBack.ShouldBeTrue("It is said until the worker shows it.");
        var drain = new WorkerDrain(system.Clock.GetUtcNow(), GivesBack: true);
        worker.SayHello(drain, lease);

        var answer = (DrainAnswer)await asker.FishForMessageAsync(_ => true, Patience.Limit);
        answer.Refusal.ShouldBeNull();
        answer.Worker!.Drain.ShouldBe(drain);
        answer.Worker.Held.ShouldBe([lease]);
        (await system.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster())).Workers.Single().Drain.ShouldBe(drain);
        worker.Finish(lease, 1);
        worker.Request(2);
        await system.WhenAsync("drained", detail => detail.Summary.Counts.Completed == 1);
        (await system.DetailAsync("drained")).Summary.Counts.Running.ShouldBe(0);
    }

    [Fact]
    public async Task An_undone_drain_gives_work_again()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("undone", trials: 5));
        var worker = system.Worker("w");
        worker.SayHello(new WorkerDrain(system.Clock.GetUtcNow()));
        await worker.ExpectAsync<WorkerProtocol.WorkerWelcome>();
        var asker = system.Probe();

        system.Manager.Tell(new SearchManagerProtocol.DrainWorker(W, IsDrained: false), asker.Ref);
        (await worker.ExpectAsync<WorkerProtocol.SetDrain>()).IsDrained.ShouldBeFalse();
        worker.SayHello(drain: null);

        ((DrainAnswer)await asker.FishForMessageAsync(_ => true, Patience.Limit)).Worker!.Drain.ShouldBeNull();
        (await worker.LeaseAsync()).SearchId.ShouldBe(new SearchId("undone"));
    }

    [Fact]
    public void Refusals_say_whether_the_worker_is_missing_or_cannot()
    {
        var view = new WorkerView(
            new(W, "i", new DeviceDescription("cpu", "CPU", 0), 1, ValueMap<string>.Empty, "1.0"), [], DateTimeOffset.UnixEpoch);

        var cannot = Problems.Of(new DrainAnswer(view, "It stays drained.")).Problem;
        var missing = Problems.Of(new DrainAnswer(null, "There is none.")).Problem;

        (cannot.Status, cannot.Code, cannot.Detail).ShouldBe((503, ProblemCodes.WorkerStaysDrained, "It stays drained."));
        (missing.Status, missing.Code, missing.Detail).ShouldBe((404, ProblemCodes.NoSuchWorker, "There is none."));
    }

    [Fact]
    public async Task A_coordinator_that_is_new_finds_a_drained_worker_drained()
    {
        await using var system = await SearchSystem.StartAsync();
        await system.SubmitAsync(TestSpecs.Random("kept", trials: 5));
        var drained = system.Worker("drained");
        drained.SayHello(new WorkerDrain(system.Clock.GetUtcNow()));
        await drained.ExpectAsync<WorkerProtocol.WorkerWelcome>();
        drained.Request(1);
        var other = system.Worker("other");
        await other.ConnectAsync();

        (await other.LeaseAsync()).SearchId.ShouldBe(new SearchId("kept"));

        (await system.DetailAsync("kept")).Running.ShouldAllBe(trial => trial.WorkerId == new WorkerId("other"));
    }

    [Fact]
    public async Task Who_is_not_there_or_leaves_first_is_told_and_what_cannot_be_undone_says_why()
    {
        await using var system = await SearchSystem.StartAsync();
        var worker = system.Worker("w");
        await worker.ConnectAsync();
        var asker = system.Probe();

        system.Manager.Tell(new SearchManagerProtocol.DrainWorker(new WorkerId("nobody"), IsDrained: true), asker.Ref);
        (await RefusalAsync()).ShouldBe("There is no worker named nobody; connected are w.");

        system.Manager.Tell(new SearchManagerProtocol.DrainWorker(W, IsDrained: true), asker.Ref);
        await worker.ExpectAsync<WorkerProtocol.SetDrain>();
        worker.SayGoodbye();
        (await RefusalAsync()).ShouldBe("Worker w left before it answered.");

        var drain = new WorkerDrain(system.Clock.GetUtcNow(), Trouble: "/w/drained cannot be written: full");
        worker.SayHello(drain);
        await worker.ExpectAsync<WorkerProtocol.WorkerWelcome>();
        system.Manager.Tell(new SearchManagerProtocol.DrainWorker(W, IsDrained: false), asker.Ref);
        await worker.ExpectAsync<WorkerProtocol.SetDrain>();
        worker.SayHello(drain);
        (await RefusalAsync()).ShouldBe("Worker w stays drained: /w/drained cannot be written: full");

        async Task<string?> RefusalAsync() =>
            ((DrainAnswer)await asker.FishForMessageAsync(_ => true, Patience.Limit)).Refusal;
    }
}
