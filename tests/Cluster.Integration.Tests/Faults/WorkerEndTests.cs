namespace SearchCluster.Integration.Tests.Faults;

/// <summary>Workers that leave in order, and workers that fall silent.</summary>
[Trait("Category", "Integration")]
public sealed class WorkerEndTests
{
    [Fact]
    [Trait("Promise", "R20")]
    public async Task A_terminated_worker_gives_its_trial_back_at_once_and_another_goes_on_from_the_checkpoint()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGTERM is sent on Linux only.");
        await using var deployment = new Deployment();
        await deployment.StartCoordinatorAsync();
        var first = deployment.StartWorker("w1");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            "handed.yaml", SpecTexts.Function("handed", trials: 1, measurements: 200, sleepMilliseconds: 50)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.EventCount("handed") > 10, "the trial reports", first);

        first.Terminate();

        (await first.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        first.ExitCode.ShouldBe(0, deployment.Describe());
        await deployment.UntilAsync(() => !deployment.History("handed").Running.Any(), "the trial is given back");
        var ended = deployment.History("handed").Events.OfType<SearchEvents.AttemptEnded>().ShouldHaveSingleItem();
        ended.End.ShouldBe(AttemptEnd.Released);
        var second = deployment.StartWorker("w2");
        await deployment.UntilAsync(() => deployment.History("handed").IsOver, "the search is over", second);
        var history = deployment.History("handed");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Attempts.Select(a => a.WorkerId.Value).ShouldBe(["w1", "w2"]);
        var again = history.Events.OfType<SearchEvents.AttemptStarted>().Last().Fence;
        history.Events.OfType<SearchEvents.MeasurementReported>().First(m => m.Fence == again).Measurement.Resource
            .ShouldBeGreaterThan(10 - 4);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public async Task A_terminated_run_gives_its_trials_back_and_goes_on_from_their_checkpoints()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGTERM is sent on Linux only.");
        await using var deployment = new Deployment();
        var spec = deployment.WriteFile("ended.yaml", SpecTexts.Function("ended", trials: 2, measurements: 100, sleepMilliseconds: 50));
        var run = deployment.Start("terminated run", "run", spec, "--slots", "2", "--port", "0");
        await deployment.UntilAsync(
            () => deployment.EventCount("ended") > 12 && deployment.History("ended").Running.Count() == 2, "both trials report", run);

        run.Terminate();

        (await run.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        run.ExitCode.ShouldBe(143);
        var before = deployment.History("ended");
        before.Running.ShouldBeEmpty();
        before.Events.OfType<SearchEvents.AttemptEnded>().Select(e => e.End).ShouldBe([AttemptEnd.Released, AttemptEnd.Released]);
        (await deployment.RunAsync("run", spec, "--slots", "2", "--port", "0")).ShouldExitWith(0);
        var history = deployment.History("ended");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Attempts.Count().ShouldBe(4);
        history.Events.OfType<SearchEvents.MeasurementIgnored>().Count().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    [Trait("Promise", "R04")]
    public async Task A_worker_that_was_frozen_past_its_lease_is_superseded_and_its_report_changes_nothing()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGSTOP is sent on Linux only.");
        await using var deployment = new Deployment();
        await deployment.StartCoordinatorAsync();
        var frozen = deployment.StartWorker("w1");
        (await deployment.RunAsync("submit", deployment.WriteFile(
            "frozen.yaml", SpecTexts.Function("frozen", trials: 2, measurements: 200, sleepMilliseconds: 50)))).ShouldExitWith(0);
        await deployment.UntilAsync(() => deployment.EventCount("frozen") > 10, "the trial reports", frozen);
        var attempt = deployment.History("frozen").Running.ShouldHaveSingleItem();

        frozen.Freeze();
        var other = deployment.StartWorker("w2");
        var detected = await deployment.UntilAsync(
            () => deployment.History("frozen").Attempts.Any(a => a.Item == attempt.Item && a.Attempt == 2),
            "the other worker has the trial",
            other);
        TestContext.Current.TestOutputHelper?.WriteLine($"superseded {detected.TotalSeconds:F1} s after the worker was frozen");
        frozen.Thaw();

        await deployment.UntilAsync(() => deployment.History("frozen").IsOver, "the search is over", other, frozen);
        var history = deployment.History("frozen");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Events.OfType<SearchEvents.AttemptEnded>().ShouldHaveSingleItem().End.ShouldBe(AttemptEnd.Lost);
        history.Finished.Select(f => f.TrialId.Number).Order().ShouldBe([0, 1]);
        await deployment.UntilAsync(
            () => frozen.Error.Contains($"trial-{attempt.Item.TrialId!.Value.Number}#1@{attempt.Fence} ended", StringComparison.Ordinal),
            "the frozen worker drops its attempt",
            frozen);

        // What it wrote after it woke, if it came to that, is nowhere: the checkpoint is the other's last one.
        var folder = Path.Combine(deployment.StateFolder, ArtifactPaths.Search(new("frozen")));
        Directory.GetDirectories(Path.Combine(folder, ".leases", attempt.Item.ToString())).Select(Path.GetFileName)
            .ShouldBe([$"{history.Attempts.Last(a => a.Item == attempt.Item).Fence}"]);
        (await File.ReadAllTextAsync(
            Path.Combine(deployment.StateFolder, ArtifactPaths.Checkpoint(new("frozen"), attempt.Item.TrialId!.Value)),
            TestContext.Current.CancellationToken)).ShouldBe("199");
    }
}
