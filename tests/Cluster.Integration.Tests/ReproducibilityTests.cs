namespace SearchCluster.Integration.Tests;

/// <summary>The same spec and seed give the same trials: again, killed in between, and with any number of workers.</summary>
[Trait("Category", "Integration")]
public sealed class ReproducibilityTests(QuietTraining quiet) : IClassFixture<QuietTraining>
{
    [Fact]
    [Trait("Promise", "R08")]
    public async Task Training_on_one_slot_gives_the_same_losses_again_to_the_last_bit()
    {
        await using var deployment = new Deployment();

        var again = await QuietTraining.TrainAsync(deployment);

        quiet.History.Curves().Count.ShouldBeGreaterThan(20);
        again.Curves().ShouldBe(quiet.History.Curves());
        again.Results().ShouldBe(quiet.History.Results());
    }

    [Fact]
    [Trait("Promise", "R14")]
    public async Task Training_that_is_killed_goes_on_from_its_checkpoint_and_gives_the_same_losses_to_the_last_bit()
    {
        await using var deployment = new Deployment();
        var killed = deployment.Start("killed run", QuietTraining.Command(deployment));
        var trial = new TrialId(1);
        await deployment.UntilAsync(() => LastResource(deployment, trial) >= 3, "trial 1 has done three epochs", killed);
        await killed.KillAsync();

        // It may have ended meanwhile, or have reported its last epoch without its end.
        var hasEnded = deployment
            .History(QuietTraining.Search).Events
            .OfType<SearchEvents.TrialFinished>()
            .Any(finished => finished.TrialId == trial);

        (await deployment.RunAsync("resume", QuietTraining.Search, "--slots", "1", "--port", "0")).ShouldExitWith(0);

        var history = deployment.History(QuietTraining.Search);
        history.Curves().ShouldBe(quiet.History.Curves());
        history.Results().ShouldBe(quiet.History.Results());
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.AttemptsOf(trial).ShouldBe(hasEnded ? 1 : 2);
        history.Events
            .OfType<SearchEvents.MeasurementIgnored>()
            .Count()
            .ShouldBeLessThanOrEqualTo(1, "a resumed trial repeats at most the epoch since its checkpoint");
    }

    [Fact]
    [Trait("Promise", "R09")]
    public async Task Grid_and_random_searches_give_the_same_trials_with_one_worker_and_with_three()
    {
        await using var one = new Deployment();
        await using var three = new Deployment();
        foreach (var spec in Specs(one))
        {
            (await one.RunAsync("run", spec, "--slots", "1", "--port", "0")).ShouldExitWith(0);
        }

        await three.StartCoordinatorAsync();
        var workers = Enumerable.Range(1, 3).Select(n => three.StartWorker($"w{n}")).ToList();
        await three.UntilAsync(
            () => workers.TrueForAll(w => w.Error.Contains("Connected to", StringComparison.Ordinal)),
            "three workers are connected",
            [.. workers]);
        foreach (var spec in Specs(three))
        {
            (await three.RunAsync("submit", spec, "--wait")).ShouldExitWith(0);
        }

        foreach (var search in new[] { "many-grid", "many-random" })
        {
            var history = three.History(search);
            history.Results().ShouldBe(one.History(search).Results());
            history.Attempts.Select(a => a.WorkerId).Distinct().Count().ShouldBeGreaterThan(1);
            JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        }
    }

    [Fact]
    [Trait("Promise", "R09")]
    public async Task A_reproducible_search_is_the_same_with_1_2_and_5_workers_of_which_some_are_killed()
    {
        const string Search = "in-rounds";
        await using var one = new Deployment();
        (await one.RunAsync(
            "run", one.WriteFile("rounds.yaml", SpecTexts.InRounds(Search)), "--slots", "1", "--port", "0")).ShouldExitWith(0);
        var expected = one.History(Search).Results();

        foreach (var count in new[] { 2, 5 })
        {
            await using var many = new Deployment();
            var coordinator = await many.StartCoordinatorAsync();
            var workers = Enumerable.Range(1, count).Select(n => many.StartWorker($"w{n}")).ToList();
            await many.UntilAsync(
                () => workers.TrueForAll(w => w.Error.Contains("Connected to", StringComparison.Ordinal)),
                "the workers are connected",
                [.. workers]);
            (await many.RunAsync("submit", many.WriteFile("rounds.yaml", SpecTexts.InRounds(Search)))).ShouldExitWith(0);
            await many.UntilAsync(() => many.EventCount(Search) > 60, "the search is in its midst", [.. workers]);
            await workers[0].KillAsync();
            await coordinator.Process.KillAsync();
            await many.StartCoordinatorAsync();
            many.StartWorker("w1");
            await many.UntilAsync(() => many.History(Search).IsOver, "the search is over");

            var history = many.History(Search);
            history.Results().ShouldBe(expected, $"{count} workers");
            history.Attempts.Select(a => a.WorkerId).Distinct().Count().ShouldBe(count);
            JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        }
    }

    [Fact]
    [Trait("Promise", "R09")]
    public async Task Trials_that_are_stopped_early_keep_models_test_metrics_and_ensemble_places_with_1_2_and_5_slots_and_when_killed()
    {
        const string Search = "stopped";
        await using var one = new Deployment();
        (await one.RunAsync(Command(one, 1))).ShouldExitWith(0);
        var expected = one.History(Search);
        expected.Finished.Count(trial => trial.State == TrialState.StoppedEarly).ShouldBeGreaterThan(5);
        expected.Finished.ShouldAllBe(trial => trial.Result!.HasModel && trial.Result.Metrics.ContainsKey("test/loss"));

        foreach (var (slots, isKilled) in new[] { (2, false), (5, false), (2, true), (5, true) })
        {
            await using var many = new Deployment();
            if (isKilled)
            {
                var killed = many.Start("killed run", Command(many, slots));
                await many.UntilAsync(() => many.EventCount(Search) > 90, "the search is in its midst", killed);
                await killed.KillAsync();
                (await many.RunAsync("resume", Search, "--slots", $"{slots}", "--port", "0")).ShouldExitWith(0);
            }
            else
            {
                (await many.RunAsync(Command(many, slots))).ShouldExitWith(0);
            }

            var history = many.History(Search);
            history.Results().ShouldBe(expected.Results(), $"{slots} slots, killed {isKilled}");
            history.Curves().ShouldBe(expected.Curves(), $"{slots} slots, killed {isKilled}");
            JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        }

        static string[] Command(Deployment deployment, int slots)
        {
            deployment.WriteFile("rows.csv", SpecTexts.Rows);
            return ["run", deployment.WriteFile("stopped.yaml", SpecTexts.TrainedInRounds(Search)), "--slots", $"{slots}", "--port", "0"];
        }
    }

    private static IReadOnlyList<string> Specs(Deployment deployment) =>
    [
        deployment.WriteFile("grid.yaml", SpecTexts.Grid("many-grid")),
        deployment.WriteFile("random.yaml", SpecTexts.Function("many-random", trials: 30, measurements: 2, sleepMilliseconds: 20)),
    ];

    private static int LastResource(Deployment deployment, TrialId trial) => deployment.EventCount(QuietTraining.Search) == 0
        ? 0
        : deployment
            .History(QuietTraining.Search).Events
            .OfType<SearchEvents.MeasurementReported>()
            .Where(m => m.TrialId == trial)
            .Select(m => m.Measurement.Resource)
            .LastOrDefault();
}
