using Microsoft.Extensions.Time.Testing;

namespace SearchCluster.Runner.Tests;

public sealed class LimitTests
{
    private static readonly SearchSpace Line = new([new("x", new RealDomain(0, 1))]);

    [Fact]
    public async Task The_time_of_the_run_cancels_what_runs_and_keeps_what_was_found()
    {
        var clock = new FakeTimeProvider();

        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, cancellationToken) =>
            {
                if (trial.Number == 3)
                {
                    clock.Advance(TimeSpan.FromMinutes(10));
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                return trial.Real("x");
            },
            new BudgetSpec(Time: TimeSpan.FromMinutes(5)),
            new() { Clock = clock },
            TestContext.Current.CancellationToken);

        result.EndReason.ShouldBe(SearchEndReason.Time);
        result.Trials.Count(trial => trial.State == TrialState.Completed).ShouldBe(3);
        result.Trials[3].State.ShouldBe(TrialState.Skipped);
    }

    [Fact]
    public async Task A_trial_that_takes_too_long_is_cancelled_and_failed()
    {
        var clock = new FakeTimeProvider();

        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, cancellationToken) =>
            {
                if (trial.Number == 1)
                {
                    clock.Advance(TimeSpan.FromMinutes(2));
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }

                return trial.Real("x");
            },
            new BudgetSpec(Trials: 3, TrialTime: TimeSpan.FromMinutes(1)),
            new() { Clock = clock },
            TestContext.Current.CancellationToken);

        result.Trials.Select(trial => trial.State).ShouldBe([TrialState.Completed, TrialState.Failed, TrialState.Completed]);
        result.Trials[1].Reason.ShouldBe("The trial ran longer than 1m; raise the time of a trial, or narrow the space.");
    }

    [Fact]
    public async Task A_function_that_ignores_its_time_is_given_up_and_the_others_go_on()
    {
        var clock = new FakeTimeProvider();
        var hang = new TaskCompletionSource<double>();

        var result = await SearchRunner.MinimizeAsync(
            Line,
            (trial, _) => trial.Number == 1 ? Advance(clock, TimeSpan.FromMinutes(2), hang.Task) : Task.FromResult(trial.Real("x")),
            new BudgetSpec(Trials: 4, TrialTime: TimeSpan.FromMinutes(1)),
            new() { Clock = clock },
            TestContext.Current.CancellationToken);
        hang.SetResult(-1);

        result.Trials
            .Select(trial => trial.State)
            .ShouldBe([TrialState.Completed, TrialState.Failed, TrialState.Completed, TrialState.Completed]);
        result.Trials[1].Reason.ShouldBe("The trial ran longer than 1m; raise the time of a trial, or narrow the space.");
        result.Warnings
            .ShouldHaveSingleItem()
            .ShouldBe("Trial 1 was asked to end, but its function goes on; it counts as over after 30 s. Let the function look at its "
                + "cancellation token.");
    }

    [Fact]
    public async Task A_function_that_ignores_the_end_of_the_run_does_not_hold_it_up()
    {
        var hang = new TaskCompletionSource<double>();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var told = new List<string>();

        await Should.ThrowAsync<OperationCanceledException>(SearchRunner.MinimizeAsync(
            Line,
            async (_, _) =>
            {
                await caller.CancelAsync();
                return await hang.Task;
            },
            new BudgetSpec(Trials: 4),
            new() { Patience = TimeSpan.FromMilliseconds(50), Warning = told.Add },
            caller.Token));
        hang.SetResult(0);

        told.ShouldHaveSingleItem().ShouldStartWith("Trial 0 was asked to end, but its function goes on");
    }

    private static async Task<double> Advance(FakeTimeProvider clock, TimeSpan by, Task<double> then)
    {
        clock.Advance(by);
        return await then;
    }

    [Fact]
    public async Task The_caller_cancels_and_no_call_of_the_function_outlives_the_run()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (started, ended) = (0, 0);

        await Should.ThrowAsync<OperationCanceledException>(SearchRunner.MinimizeAsync(
            Line,
            async (_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref started) == 2)
                {
                    await caller.CancelAsync();
                }

                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    return 0;
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            },
            new BudgetSpec(Trials: 10),
            new() { Concurrency = 2 },
            caller.Token));

        ended.ShouldBe(started);
    }

    [Fact]
    public async Task A_paused_trial_ends_with_the_run()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var ends = 0;
        var options = new RunnerOptions
        {
            Scheduler = new(
                "asha",
                new ParameterValues([
                    new("max", ParameterValue.Integer(9)),
                    new("min", ParameterValue.Integer(1)),
                    new("variant", ParameterValue.Text("promotion")),
                ])),
        };

        await Should.ThrowAsync<OperationCanceledException>(SearchRunner.MinimizeAsync(
            Line,
            async (trial, _) =>
            {
                if (trial.Number == 1)
                {
                    await caller.CancelAsync();
                }

                try
                {
                    await trial.ReportAsync(1, 1);
                    return 1;
                }
                catch (TrialEndedException)
                {
                    Interlocked.Increment(ref ends);
                    throw;
                }
            },
            new BudgetSpec(Trials: 10),
            options,
            caller.Token));

        ends.ShouldBe(2);
    }
}
