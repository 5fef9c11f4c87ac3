using System.Collections.Concurrent;

namespace SearchCluster.Runner.Tests;

public sealed class EarlyStopTests
{
    private const int Epochs = 9;

    private static readonly SearchSpace Line = new([new("x", new RealDomain(0, 1))]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trials_that_lag_behind_are_stopped_and_keep_what_they_reported()
    {
        var result = await SearchRunner.MinimizeAsync(Line, TrainAsync, new BudgetSpec(Trials: 27), Asha("stopping"), Token);

        var stopped = result.Trials.Where(trial => trial.State == TrialState.StoppedEarly).ToArray();
        stopped.Length.ShouldBeGreaterThan(9);
        foreach (var trial in stopped)
        {
            trial.Reports.Count.ShouldBeLessThan(Epochs);
            trial.Value.ShouldBe(trial.Reports[^1].Value);
            trial.Reason.ShouldNotBeNullOrEmpty();
        }

        result.Best.Reports.Count.ShouldBe(Epochs);
        result.Best.State.ShouldBe(TrialState.Completed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_paused_trial_waits_in_its_report_and_goes_on_where_it_was(int concurrency)
    {
        var epochsByTrial = new int[27];
        var running = 0;
        var seen = new ConcurrentQueue<int>();

        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, _) =>
            {
                for (var epoch = 1; epoch <= Epochs; epoch++)
                {
                    seen.Enqueue(Interlocked.Increment(ref running));
                    epochsByTrial[trial.Number]++;
                    Interlocked.Decrement(ref running);
                    await trial.ReportAsync(epoch, Loss(trial, epoch));
                }

                return Loss(trial, Epochs);
            },
            new BudgetSpec(Trials: 27),
            Asha("promotion") with { Concurrency = concurrency },
            Token);

        seen.Max().ShouldBeLessThanOrEqualTo(concurrency);
        result.Trials.Select(trial => trial.Reports.Count).ShouldBe(epochsByTrial);
        epochsByTrial.Count(epochs => epochs == 1).ShouldBeGreaterThan(9);
        epochsByTrial.ShouldContain(Epochs);
        result.Trials.ShouldAllBe(trial => trial.State == TrialState.Completed || trial.State == TrialState.StoppedEarly);
        result.Best.Reports.Count.ShouldBe(Epochs);
    }

    [Fact]
    public async Task A_function_that_does_not_await_its_reports_still_ends()
    {
        var result = await SearchRunner.MinimizeAsync(
            Line,
            (trial, _) =>
            {
                var report = trial.ReportAsync(1, Loss(trial, 1));
                report.IsFaulted.ShouldBeFalse();
                return Task.FromResult(Loss(trial, Epochs));
            },
            new BudgetSpec(Trials: 9),
            Asha("promotion"),
            Token);

        result.Trials.Count.ShouldBe(9);
        result.Trials.ShouldContain(trial => trial.State == TrialState.Completed);
    }

    [Fact]
    public async Task What_is_returned_is_the_value_and_is_not_counted_twice()
    {
        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, _) =>
            {
                await trial.ReportAsync(10, 3);
                return trial.Number == 0 ? 3 : 2;
            },
            new BudgetSpec(Trials: 2),
            cancellationToken: Token);

        result.Trials[0].Reports.ShouldBe([(10, 3.0)]);
        result.Trials[1].Reports.ShouldBe([(10, 3.0), (11, 2.0)]);
        result.Trials.Select(trial => trial.Value).ShouldBe([3, 2]);
    }

    [Fact]
    public async Task A_step_that_was_reported_before_is_ignored_with_a_warning()
    {
        var told = new List<string>();

        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, _) =>
            {
                await trial.ReportAsync(2, 1);
                await trial.ReportAsync(2, 7);
                await trial.ReportAsync(1, 8);
                return 1;
            },
            new BudgetSpec(Trials: 1),
            new RunnerOptions { Warning = told.Add },
            Token);

        result.Trials[0].Reports.ShouldBe([(2, 1.0)]);
        result.Warnings.ShouldBe([
            "Trial 0 reported step 2 after step 2; it is ignored, because steps grow.",
            "Trial 0 reported step 1 after step 2; it is ignored, because steps grow.",
        ]);
        told.ShouldBe(result.Warnings);
    }

    [Fact]
    public async Task Steps_may_be_counted_from_0_and_the_first_is_the_first_of_the_scheduler()
    {
        var options = new ParameterValues([
            new("max", ParameterValue.Integer(2)),
            new("min", ParameterValue.Integer(1)),
            new("reduction", ParameterValue.Real(2)),
            new("variant", ParameterValue.Text("stopping")),
        ]);

        var result = await SearchRunner.MinimizeAsync(
            Line,
            async (trial, _) =>
            {
                for (var step = 0; step < 2; step++)
                {
                    await trial.ReportAsync(step, trial.Number);
                }

                return trial.Number;
            },
            new BudgetSpec(Trials: 4),
            new RunnerOptions { Scheduler = new("asha", options), Algorithm = new("random", ParameterValues.Empty) },
            Token);

        result.Trials[0].Reports.ShouldBe([(0, 0.0), (1, 0.0)]);
        result.Trials[3].Reports.ShouldBe([(0, 3.0)]);
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_negative_step_is_refused() => (await Should.ThrowAsync<RunFailedException>(SearchRunner.MinimizeAsync(
        Line,
        async (trial, _) =>
        {
            await trial.ReportAsync(-1, 1);
            return 1;
        },
        new BudgetSpec(Trials: 1),
        cancellationToken: Token))).Message.ShouldContain("step");

    private static RunnerOptions Asha(string variant) => new()
    {
        Seed = 3,
        Algorithm = new("random", ParameterValues.Empty),
        Scheduler = new(
            "asha",
            new ParameterValues([
                new("max", ParameterValue.Integer(Epochs)),
                new("min", ParameterValue.Integer(1)),
                new("variant", ParameterValue.Text(variant)),
            ])),
    };

    private static async Task<double> TrainAsync(RunnerTrial trial, CancellationToken cancellationToken)
    {
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await trial.ReportAsync(epoch, Loss(trial, epoch));
        }

        return Loss(trial, Epochs);
    }

    private static double Loss(RunnerTrial trial, int epoch) => Math.Abs(trial.Real("x") - 0.3) + (1.0 / epoch);
}
