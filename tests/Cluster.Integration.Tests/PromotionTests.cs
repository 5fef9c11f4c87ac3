namespace SearchCluster.Integration.Tests;

/// <summary>Trials that a scheduler pauses on one worker go on from their checkpoints, or from those of others, on another one.</summary>
[Trait("Category", "Integration")]
public sealed class PromotionTests
{
    [Fact]
    public async Task A_trial_paused_at_a_rung_by_one_worker_is_promoted_by_another()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGTERM is sent on Linux only.");
        await using var deployment = new Deployment();

        var history = await MoveToSecondWorkerAsync(deployment, "rungs", SpecTexts.Promoted("rungs"), pauses: 3);

        // The first trial has the optimum of the function, so each rung promotes it, up to the last: that takes
        // the first worker longer than it lives.
        var best = new TrialId(0);
        var attempts = history.Attempts.Where(attempt => attempt.Item == WorkItem.Trial(best)).ToList();
        attempts.Select(attempt => attempt.WorkerId.Value).Distinct().ShouldBe(["w1", "w2"]);
        attempts.Select(attempt => attempt.UntilResource).ShouldContain(1);
        history.Finished.Single(finished => finished.TrialId == best).Result!.LastResource.ShouldBe(27);
        var measured = history.Events
            .OfType<SearchEvents.MeasurementReported>()
            .Where(report => report.TrialId == best)
            .Select(report => report.Measurement.Resource)
            .ToList();
        measured.Distinct().ShouldBe(Enumerable.Range(1, 27));
    }

    [Fact]
    public async Task A_member_of_a_population_takes_over_weights_and_all_train_to_their_end_on_another_worker()
    {
        Assert.SkipUnless(Signals.AreAvailable, "SIGTERM is sent on Linux only.");
        await using var deployment = new Deployment();

        var history = await MoveToSecondWorkerAsync(deployment, "population", SpecTexts.Population("population"), pauses: 1);

        var takeovers = history.Events.OfType<SearchEvents.TrialPromoted>().Where(promoted => promoted.CheckpointOf is not null).ToList();
        takeovers.ShouldNotBeEmpty();
        takeovers.ShouldAllBe(takeover => takeover.CheckpointOf != takeover.TrialId && takeover.Values != null);
        history.Attempts
            .Where(attempt => attempt.Item == WorkItem.Trial(new TrialId(0)))
            .Select(attempt => attempt.WorkerId.Value)
            .Distinct()
            .ShouldBe(["w1", "w2"]);
        history.Finished
            .Select(finished => (finished.State, finished.Result!.LastResource))
            .ShouldBe(Enumerable.Repeat((TrialState.Completed, 200), 4));
    }

    private static async Task<SearchHistory> MoveToSecondWorkerAsync(Deployment deployment, string name, string spec, int pauses)
    {
        await deployment.StartCoordinatorAsync();
        var first = deployment.StartWorker("w1");
        (await deployment.RunAsync("submit", deployment.WriteFile($"{name}.yaml", spec))).ShouldExitWith(0);
        await deployment.UntilAsync(
            () => deployment
                .History(name).Events
                .OfType<SearchEvents.AttemptEnded>()
                .Count(ended => ended.End == AttemptEnd.Paused) >= pauses,
            "trials are paused",
            first);
        first.Terminate();
        (await first.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(deployment.Describe());
        deployment.History(name).IsOver.ShouldBeFalse();
        var second = deployment.StartWorker("w2");
        await deployment.UntilAsync(() => deployment.History(name).IsOver, "the search is over", second);
        var history = deployment.History(name);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        return history;
    }
}
