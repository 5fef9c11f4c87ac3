namespace SearchCluster.Search.Tests.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private static SearchScenario Run(int trials, int slots, int measurements, double loss = 0, ulong seed = 1) =>
        new SimulatedCluster(
            new SearchScenario(TestSpecs.Spec(trials) with { Retry = RetrySpec.Default with { Max = 100 } }),
            slots,
            measurements,
            loss,
            seed).Run();

    private static IEnumerable<(int, ParameterValues, double)> Results(SearchScenario search) =>
        search.State.Trials.Select(trial => (trial.Id.Number, trial.Values, trial.Result!.Objective));

    // A search takes some 50 ms of a core; the bound leaves room for a slow one and still finds a scan of all trials.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_whole_search_needs_no_waiting()
    {
        SearchScenario search = null!;

        var taken = ProcessorTime.Of(() => search = Run(trials: 200, slots: 8, measurements: 20, loss: 0.01));

        search.State.Lifecycle.ShouldBe(SearchLifecycle.Completed);
        search.State.Counts.Completed.ShouldBe(200);
        search.State.Epochs.ShouldBe(200 * 20);
        search.ShouldReplay();
        search.State.Clock.ActiveTime(search.Now).ShouldBeGreaterThan(TimeSpan.FromMinutes(5));
        taken.ShouldBeLessThan(Longest);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(3, 0.05)]
    public void Trials_and_results_do_not_depend_on_slots_and_losses(int slots, double loss)
    {
        Results(Run(30, slots, 5, loss, seed: 99)).ShouldBe(Results(Run(30, slots: 2, 5)));
    }

    [Fact]
    public void Ten_thousand_trials_are_decided_quickly()
    {
        Run(100, 16, 1);
        var cluster = new SimulatedCluster(new SearchScenario(TestSpecs.Spec(10_000)), slots: 16, measurements: 1);
        SearchScenario search = null!;

        var taken = ProcessorTime.Of(() => search = cluster.Run());

        search.State.Counts.Completed.ShouldBe(10_000);
        output.WriteLine(
            $"{cluster.Commands} commands, {search.Journal.Count} events, {taken.TotalMicroseconds / cluster.Commands:F1} µs a command");
        taken.ShouldBeLessThan(Longest);
    }
}
