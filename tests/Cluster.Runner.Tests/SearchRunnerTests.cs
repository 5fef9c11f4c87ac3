using System.Collections.Concurrent;
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Runner.Tests;

public sealed class SearchRunnerTests
{
    private static readonly SearchSpace Plane = new([new("x", new RealDomain(-5, 5)), new("y", new RealDomain(-5, 5))]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_comes_near_the_minimum_of_a_function()
    {
        var result = await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 40), cancellationToken: Token);

        result.Best.Value!.Value.ShouldBeLessThan(0.01);
        result.Trials.Count.ShouldBe(40);
        result.Best.Value.ShouldBe(result.Trials.Min(trial => trial.Value));
        result.EndReason.ShouldBe(SearchEndReason.Trials);
    }

    [Fact]
    public async Task The_largest_value_of_the_negated_function_is_found_by_the_same_trials()
    {
        var least = await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 20), cancellationToken: Token);
        var most = await SearchRunner.MaximizeAsync(Plane, trial => -Bowl(trial), new BudgetSpec(Trials: 20), cancellationToken: Token);

        most.Trials.Select(trial => trial.Values).ShouldBe(least.Trials.Select(trial => trial.Values));
        most.Best.Value.ShouldBe(-least.Best.Value);
    }

    [Fact]
    public async Task The_seed_decides_the_trials()
    {
        var trials = new List<IEnumerable<ParameterValues>>();
        foreach (var seed in new ulong[] { 1, 1, 2 })
        {
            trials.Add((await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 12), new() { Seed = seed }, Token)).Trials
                .Select(trial => trial.Values));
        }

        trials[1].ShouldBe(trials[0]);
        trials[2].ShouldNotBe(trials[0]);
    }

    [Fact]
    public async Task A_small_space_ends_when_all_of_it_was_tried()
    {
        var space = new SearchSpace(
            [new("on", new BooleanDomain()), new("kind", new ItemDomain([ParameterValue.Text("a"), ParameterValue.Text("b")]))]);

        var result = await SearchRunner.MinimizeAsync(
            space,
            trial => (trial.Flag("on") ? 0 : 1) + (trial.Text("kind") == "b" ? 0 : 1),
            new BudgetSpec(Trials: 100),
            cancellationToken: Token);

        result.Trials.Count.ShouldBe(4);
        result.EndReason.ShouldBe(SearchEndReason.SpaceExhausted);
        result.Best.Value.ShouldBe(0);
    }

    [Fact]
    public async Task A_configuration_class_is_searched_by_its_attributes()
    {
        var result = await SearchRunner.MinimizeAsync<Settings>(
            (settings, _, _) => Task.FromResult(Math.Abs(settings.Size - 40) + (settings.Mode == Mode.Careful ? 0 : 5.0)),
            new BudgetSpec(Trials: 60),
            cancellationToken: Token);

        result.Best.Value!.Value.ShouldBeLessThan(3);
        result.Best.Values.TryGet("mode", out var mode).ShouldBeTrue();
        mode.ShouldBe(ParameterValue.Text("careful"));
    }

    [Fact]
    public async Task Enqueued_configurations_come_first_and_are_completed_by_the_sampler()
    {
        var enqueue = new ParameterValues([new("x", ParameterValue.Real(1))]);

        var result = await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 3), new() { Enqueue = [enqueue] }, Token);

        result.Trials[0].Values.TryGet("x", out var first).ShouldBeTrue();
        first.ShouldBe(ParameterValue.Real(1));
        result.Trials[0].Values.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_target_ends_the_run()
    {
        var result = await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 500), new() { Target = 1 }, Token);

        result.EndReason.ShouldBe(SearchEndReason.TargetReached);
        result.Best.Value!.Value.ShouldBeLessThanOrEqualTo(1);
        result.Trials.Count.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task So_many_trials_run_at_once_and_no_more()
    {
        var running = 0;
        var seen = new ConcurrentQueue<int>();
        using var all = new CountdownEvent(3);

        var result = await SearchRunner.MinimizeAsync(
            Plane,
            async (trial, cancellationToken) =>
            {
                seen.Enqueue(Interlocked.Increment(ref running));
                if (trial.Number < 3)
                {
                    // The first three can only end together.
                    all.Signal();
                    await Task.Run(() => all.Wait(cancellationToken), cancellationToken);
                }

                Interlocked.Decrement(ref running);
                return Bowl(trial);
            },
            new BudgetSpec(Trials: 12),
            new() { Concurrency = 3 },
            Token);

        seen.Max().ShouldBe(3);
        result.Trials.Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_trial_that_throws_fails_alone_and_says_why()
    {
        var result = await SearchRunner.MinimizeAsync(
            Plane,
            trial => trial.Number == 2 ? throw new InvalidOperationException("The disk is full.") : Bowl(trial),
            new BudgetSpec(Trials: 6),
            cancellationToken: Token);

        result.Trials[2].State.ShouldBe(TrialState.Failed);
        result.Trials[2].Reason.ShouldBe("InvalidOperationException: The disk is full.");
        result.Trials.Count(trial => trial.State == TrialState.Completed).ShouldBe(5);
    }

    [Fact]
    public async Task A_run_whose_trials_all_fail_throws_with_the_first_cause()
    {
        var failed = await Should.ThrowAsync<RunFailedException>(
            SearchRunner.MinimizeAsync(
                Plane,
                _ => throw new InvalidOperationException("No licence."),
                new BudgetSpec(Trials: 30, Failures: 2),
                cancellationToken: Token));

        failed.Message.ShouldBe(
            "3 trials failed; the budget allows 2. No trial has a usable result. The first that failed: InvalidOperationException: No "
                + "licence.");
        failed.InnerException.ShouldBeOfType<InvalidOperationException>();
        failed.Trials.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(NonFinitePolicy.FailTrial, TrialState.Failed)]
    [InlineData(NonFinitePolicy.Worst, TrialState.Completed)]
    public async Task A_value_that_is_not_finite_never_wins(NonFinitePolicy policy, TrialState state)
    {
        var result = await SearchRunner.MinimizeAsync(
            Plane,
            trial => trial.Number % 2 == 0 ? double.NaN : Bowl(trial),
            new BudgetSpec(Trials: 6),
            new() { OnNonFinite = policy },
            Token);

        result.Trials[0].State.ShouldBe(state);
        result.Trials[0].Value.ShouldBeNull();
        (result.Best.Number % 2).ShouldBe(1);
    }

    [Fact]
    public async Task Progress_tells_of_every_trial_in_the_order_of_their_ends()
    {
        var told = new ConcurrentQueue<TrialSummary>();

        var result = await SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 5), new() { Progress = told.Enqueue }, Token);

        told.Select(trial => (trial.Number, trial.Value)).ShouldBe(result.Trials.Select(trial => (trial.Number, trial.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_progress_throws_ends_the_run(int concurrency)
    {
        var options = new RunnerOptions
        {
            Concurrency = concurrency,
            Progress = trial => throw new InvalidOperationException($"No room for trial {trial.Number}."),
        };

        var thrown = await Should.ThrowAsync<InvalidOperationException>(
            SearchRunner.MinimizeAsync(Plane, Bowl, new BudgetSpec(Trials: 50), options, Token));

        thrown.Message.ShouldStartWith("No room for trial");
    }

    private static double Bowl(RunnerTrial trial) => Math.Pow(trial.Real("x") - 1, 2) + Math.Pow(trial.Real("y") + 2, 2);

    private enum Mode
    {
        Fast,
        Careful,
    }

    private sealed record Settings
    {
        [SearchRange(1, 100), Description("How large.")]
        public int Size { get; init; } = 10;

        public Mode Mode { get; init; }
    }
}
