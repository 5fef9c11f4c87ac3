namespace SearchCluster.Integration.Tests;

/// <summary>The same spec and seed give the same trials: again, killed in between, and with any number of workers.</summary>
[Trait("Category", "Integration")]
public sealed class ReproducibilityTests
{
    [Fact]
    [Trait("Promise", "R08")]
    public async Task Training_on_one_slot_gives_the_same_losses_again_to_the_last_bit()
    {
        await using var first = new Deployment();
        await using var second = new Deployment();

        var (once, again) = (await TrainAsync(first), await TrainAsync(second));

        once.Curves().Count.ShouldBeGreaterThan(20);
        again.Curves().ShouldBe(once.Curves());
        again.Results().ShouldBe(once.Results());
    }

    [Fact]
    [Trait("Promise", "R14")]
    public async Task Training_that_is_killed_goes_on_from_its_checkpoint_and_gives_the_same_losses_to_the_last_bit()
    {
        await using var quiet = new Deployment();
        var expected = await TrainAsync(quiet);
        await using var deployment = new Deployment();
        var killed = deployment.Start("killed run", [.. Command(deployment)]);
        var trial = new TrialId(1);
        await deployment.UntilAsync(() => LastResource(deployment, trial) >= 3, "trial 1 has done three epochs", killed);
        await killed.KillAsync();
        var reported = LastResource(deployment, trial);

        (await deployment.RunAsync("resume", "trained", "--slots", "1", "--port", "0")).ShouldExitWith(0);

        var history = deployment.History("trained");
        history.Curves().ShouldBe(expected.Curves());
        history.Results().ShouldBe(expected.Results());
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.AttemptsOf(trial).ShouldBe(reported < Epochs ? 2 : 1);
        history.Events.OfType<SearchEvents.MeasurementIgnored>().Count().ShouldBeLessThanOrEqualTo(1, "a resumed trial repeats at most the epoch since its checkpoint");
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
        await three.UntilAsync(() => workers.TrueForAll(w => w.Error.Contains("Connected to", StringComparison.Ordinal)), "three workers are connected", [.. workers]);
        foreach (var spec in Specs(three))
        {
            (await three.RunAsync("submit", spec, "--wait")).ShouldExitWith(0);
        }

        foreach (var search in new[] { "many-grid", "many-random" })
        {
            var history = three.History(search);
            history.Results().ShouldBe(one.History(search).Results());
            history.Attempts.Select(a => a.WorkerId).Distinct().Count().ShouldBe(3);
            JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        }
    }

    private const int Epochs = 8;

    private static IReadOnlyList<string> Specs(Deployment deployment) =>
    [
        deployment.WriteFile("grid.yaml", SpecTexts.Grid("many-grid")),
        deployment.WriteFile("random.yaml", SpecTexts.Function("many-random", trials: 30, measurements: 2, sleepMilliseconds: 20)),
    ];

    private static async Task<SearchHistory> TrainAsync(Deployment deployment)
    {
        (await deployment.RunAsync(Command(deployment))).ShouldExitWith(0);
        return deployment.History("trained");
    }

    private static string[] Command(Deployment deployment) =>
        ["run", deployment.WriteFile("trained.yaml", SpecTexts.Digits("trained", trials: 4, Epochs)), "--slots", "1", "--port", "0"];

    private static int LastResource(Deployment deployment, TrialId trial) => deployment.EventCount("trained") == 0
        ? 0
        : deployment.History("trained").Events.OfType<SearchEvents.MeasurementReported>().Where(m => m.TrialId == trial).Select(m => m.Measurement.Resource).LastOrDefault();
}
