using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class ExplainCommandTests : IDisposable
{
    private static readonly SuggestionOrigin ByModel = new(
        "gp", "The model's best of 512 candidates.", Observed: 8, Pending: 3, new ModelPrediction(0.44, 0.08, 0.031));

    private readonly CliHarness _cli = new();

    public ExplainCommandTests()
    {
        AnalysisSample.FillIn(_cli.Service);
        Set(17, trial => trial with
        {
            State = TrialState.StoppedEarly,
            Origin = ByModel,
            Attempts = 2,
            Failure = new AttemptFailure(TrialFailureKind.WorkerLost, "Worker box-cpu was not heard of for 30 s."),
            DataFraction = 0.5,
            Decisions =
            [
                new(3, TrialDecisionKind.Pause, new DecisionReason("It waits for its rung to fill.")),
                new(3, TrialDecisionKind.Promote, new DecisionReason("Among the best third.", Rung: 1, Rank: 3, Competitors: 10)),
                new(9, TrialDecisionKind.Stop, new DecisionReason(
                    "Not among the best third.", Rung: 2, Resource: 9, Value: 0.538, Cutoff: 0.412, Rank: 9, Competitors: 11)),
            ],
            Lineage = [new LineageStep(6, new(4), Sample.Values())],
        });
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_failed_trial_shows_the_stack_of_the_workload_without_control_characters()
    {
        Set(17, trial => trial with
        {
            State = TrialState.Failed,
            Failure = new AttemptFailure(
                TrialFailureKind.WorkloadError,
                "InvalidOperationException: boom",
                "System.InvalidOperationException: boom\n   at Mine.Train() in Mine.cs:line 7\u001b[2J"),
        });

        (await _cli.RunAsync("explain", "digits", "t0017")).ShouldBe(0);

        _cli.Out.ReplaceLineEndings("\n").ShouldEndWith("""

              Where it failed:
                System.InvalidOperationException: boom
                   at Mine.Train() in Mine.cs:line 7\x1B[2J

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_story_of_a_stopped_trial_is_told_in_one_line()
    {
        (await _cli.RunAsync("explain", "digits", "t0017")).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
        _cli.Out.Split('\n')[0].ShouldBe("t0017  stopped early");
        _cli.Out.Split('\n')[1].ShouldBe(
            "stopped at epoch 9: rank 9 of 11 on rung 2, cutoff 0.412, its value 0.538; "
            + "its values are those of t0004, taken over and changed; its first ones were suggested by gp: expected improvement 0.031, "
                + "mean 0.44 ± 0.08, 3 pending");
    }

    [Fact]
    public async Task The_story_in_full_follows_the_time()
    {
        await _cli.RunAsync("explain", "digits", "17");

        _cli.Out.Split('\n')[3..].Where(line => line.Length > 0).ShouldBe(
        [
            "  It was suggested by gp, with 8 finished trials known and 3 pending: expected improvement 0.031, mean 0.44 ± 0.08.",
            "  The model's best of 512 candidates.",
            "  Its first values: activation relu, hiddenSize 64, learningRate 0.001235, on 50.0 % of the training data.",
            "  It started 1m after that and took 2 attempts, the last on worker box-cpu.",
            "  At epoch 3 it was paused: it waits for its rung to fill.",
            "  At epoch 3 it was promoted: among the best third (rank 3 of 10 on rung 1).",
            "  At epoch 6 it took over the weights and values of t0004, and went on with them changed: activation tanh, dropout 0.8281, "
                + "hiddenSize 126.",
            "  At epoch 9 it was stopped: not among the best third (rank 9 of 11 on rung 2, cutoff 0.412, its value 0.538).",
            "  Its last failure: Worker box-cpu was not heard of for 30 s (worker-lost).",
            "  Its val/loss is 1.078, reached at epoch 8 of 12: rank 37 of 40 trials with a result; the best is t0000 with 0.",
        ]);
    }

    [Fact]
    public async Task Trials_of_the_earlier_search_and_of_its_own_are_told_apart()
    {
        _cli.Service.Spec = AnalysisSample.Spec with { WarmStart = new(new SearchId("donor")) };
        Set(17, trial => trial with { Origin = ByModel with { Observed = 0, Earlier = 12, Prediction = null } });

        (await _cli.RunAsync("explain", "digits", "17")).ShouldBe(0);

        _cli.Out.ShouldContain(
            "It was suggested by gp, with 12 trials of search donor and 0 finished trials of its own known, and 3 pending.");
    }

    [Fact]
    public async Task A_trial_of_folds_speaks_of_folds_and_of_their_mean()
    {
        var split = new SplitSpec(Folds: 4);
        _cli.Service.Spec = AnalysisSample.Spec with
        {
            Data = new("t.csv", null, split),
            Objective = Sample.Objective with { Aggregate = ObjectiveAggregate.Mean },
        };
        Set(5, trial => trial with
        {
            TrainingStop = TrainingStop.AllEpochs,
            Result = trial.Result! with
            {
                BestResource = 1,
                LastResource = 4,
                Metrics = Sample.Metrics(("val/loss", 0.84), ("val/loss.sd", 0.03)),
            },
        });

        (await _cli.RunAsync("explain", "digits", "5")).ShouldBe(0);
        _cli.Out.ShouldContain("trained to its end at fold 4;");
        _cli.Out.ShouldContain(", the mean of 4 folds, deviation 0.03: rank");
        _cli.Out.ShouldNotContain("epoch");

        _cli.Clear();
        (await _cli.RunAsync("explain", "digits", "17")).ShouldBe(0);
        _cli.Out.ShouldContain("stopped at fold 9");
        _cli.Out.ShouldContain("At fold 3 it was paused");
        _cli.Out.ShouldNotContain("epoch");
    }

    [Theory]
    [InlineData("photos", DataFormat.Images, "predict digits FOLDER")]
    [InlineData("book.txt", null, "predict digits INPUT.txt")]
    [InlineData("rows.csv", null, "predict digits INPUT.csv")]
    public async Task What_is_next_names_the_kind_of_input(string source, DataFormat? format, string line)
    {
        _cli.Service.Spec = AnalysisSample.Spec with { Data = new(source, null, new(), Format: format) };

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldContain(line);
    }

    [Theory]
    [InlineData(ObjectiveAggregate.Mean, ", the mean of 12 epochs: rank")]
    [InlineData(ObjectiveAggregate.MeanLast3, ", the mean of the last 3 of 12 epochs: rank")]
    [InlineData(ObjectiveAggregate.Best, ", reached at epoch 8 of 12: rank")]
    public async Task A_mean_is_reached_at_no_epoch(ObjectiveAggregate aggregate, string words)
    {
        _cli.Service.Spec = AnalysisSample.Spec with { Objective = Sample.Objective with { Aggregate = aggregate } };

        (await _cli.RunAsync("explain", "digits", "5")).ShouldBe(0);

        _cli.Out.ShouldContain(words);
    }

    [Theory]
    [InlineData(TrialState.Waiting, "waits for a worker; suggested by random")]
    [InlineData(TrialState.Running, "runs at epoch 12 on worker box-cpu; suggested by random")]
    [InlineData(TrialState.Paused, "paused at epoch 12; suggested by random")]
    [InlineData(TrialState.Completed, "ended at epoch 12, because patience ran out; suggested by random")]
    [InlineData(TrialState.StoppedEarly, "stopped at epoch 12, because the search ended; suggested by random")]
    [InlineData(TrialState.Failed, "failed: The loss became NaN in epoch 3; suggested by random")]
    [InlineData(TrialState.Skipped, "ended without a result, because the search ended; suggested by random")]
    public async Task Every_state_has_its_words(TrialState state, string summary)
    {
        _cli.Service.Trials[5] = Sample.Trial(5, state);

        (await _cli.RunAsync("explain", "digits", "5")).ShouldBe(0);

        _cli.Out.Split('\n')[1].ShouldBe(summary);
    }

    [Fact]
    public async Task A_trial_that_never_had_an_attempt_never_started()
    {
        _cli.Service.Trials[5] = Sample.Trial(5, TrialState.Skipped) with { Attempts = 0 };

        (await _cli.RunAsync("explain", "digits", "5")).ShouldBe(0);

        _cli.Out.Split('\n')[1].ShouldBe("never started, because the search ended first; suggested by random");
    }

    [Fact]
    public async Task A_trial_that_the_end_of_its_search_cut_off_is_called_so_everywhere()
    {
        var cut = Sample.Trial(5, TrialState.StoppedEarly) with { Cut = new(3, 5) };
        _cli.Service.Trials[5] = cut;
        var detail = Sample.Detail();
        _cli.Service.With(detail with { Summary = detail.Summary with { Best = cut } });

        await _cli.RunAsync("explain", "digits", "5");
        _cli.Out.Split('\n')[1].ShouldBe("was cut off at epoch 3 of 5, because the search ended; suggested by random");
        await _cli.RunAsync("best", "digits");
        _cli.Out.ShouldContain("(cut off at epoch 3 of 5");
        await _cli.RunAsync("status", "digits");
        _cli.Out.ShouldContain("t0005, cut off at epoch 3 of 5");
        await _cli.RunAsync("trials", "digits", "--columns", "trial,state");
        _cli.Out.ShouldContain("cut-off");
    }

    [Fact]
    public async Task How_a_trial_lost_its_workers_is_told()
    {
        _cli.Service.Trials[5] = Sample.Trial(5, TrialState.Waiting) with
        {
            Losses =
            [
                new("Worker w was started again", false),
                new("Worker w was started again", false),
                new("The process of worker w ended", true),
            ],
        };

        (await _cli.RunAsync("explain", "digits", "5")).ShouldBe(0);

        _cli.Out.ShouldContain("2 times while others ran, or may have run, in it, which is charged to nobody: Worker w was started again.");
        _cli.Out.ShouldContain("once with nothing else in it, which counts against retry.max: The process of worker w ended.");
        _cli.Out.ShouldContain("It runs alone in a process next.");
    }

    [Fact]
    public async Task The_table_of_trials_shows_reasons_when_asked()
    {
        (await _cli.RunAsync("trials", "digits", "--columns", "trial,origin,suggestion,decision")).ShouldBe(0);

        var line = _cli.Out.Split('\n').Single(line => line.StartsWith("17 ", StringComparison.Ordinal));
        line.ShouldContain("gp");
        line.ShouldContain("suggested by gp: expected improvement 0.031, mean 0.44 ± 0.08, 3 pending");
        line.ShouldContain("stop: rank 9 of 11 on rung 2, cutoff 0.412, its value 0.538");
    }

    [Fact]
    public async Task An_enqueued_trial_tells_which_entry_it_is()
    {
        Set(0, trial => trial with { Origin = new("enqueue", "Entry 0 of enqueue.") });

        await _cli.RunAsync("explain", "digits", "0");

        _cli.Out.ShouldContain("suggested by enqueue: entry 0 of enqueue");
        _cli.Out.ShouldContain("the best of 40 trials with a result.");
    }

    [Fact]
    public async Task A_trial_that_does_not_exist_is_not_found()
    {
        (await _cli.RunAsync("explain", "digits", "99")).ShouldBe(4);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("SC2004: Search digits has 40 trials, so there is no t0099.");
    }

    [Fact]
    public async Task Something_else_than_a_number_is_wrong_usage()
    {
        (await _cli.RunAsync("explain", "digits", "best")).ShouldBe(2);

        _cli.Error.ShouldContain("TRIAL is \"best\", but must be the number of a trial, for example 17 or t0017.");
    }

    [Fact]
    public async Task Foreign_text_cannot_drive_the_terminal()
    {
        Set(1, trial => trial with
        {
            Origin = new("\u001b[2Jgp", "\u001b]0;pwned\u0007"),
            Decisions = [new(1, TrialDecisionKind.Pause, new DecisionReason("\u001b[31mred"))],
        });

        (await _cli.RunAsync("explain", "digits", "1")).ShouldBe(0);

        _cli.Out.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task The_document_has_its_golden_shape()
    {
        (await _cli.RunAsync("explain", "digits", "17", "--json")).ShouldBe(0);

        Golden.ShouldMatch(_cli.Out, "explain.json");
    }

    private void Set(int number, Func<TrialView, TrialView> change) => _cli.Service.Trials[number] = change(_cli.Service.Trials[number]);
}
