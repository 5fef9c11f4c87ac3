using SearchCluster.Specs.Problems;

namespace SearchCluster.Specs.Tests.Inputs;

/// <summary>What a spec asks of trials, against what a trial of its workload is.</summary>
public sealed class TrialInputTests
{
    private static readonly string Last = Specs.Mlp.With("seed", "earlyStopping: { patience: 3, restoreBest: false }");

    [Fact]
    public void Where_the_last_weights_are_kept_the_last_measurement_is_the_value()
    {
        Specs.Good(Specs.Mlp).Objective.Aggregate.ShouldBe(ObjectiveAggregate.Best);
        Specs.Good(Last).Objective.Aggregate.ShouldBe(ObjectiveAggregate.Last);
        Specs.Good(Last.With("data", "data: { source: digits, split: { folds: 4 } }"))
            .Objective.Aggregate.ShouldBe(ObjectiveAggregate.Mean);
        Specs.Good(Last.With("objective", "objective: { metric: val/loss, direction: minimize, aggregate: mean }"))
            .Objective.Aggregate.ShouldBe(ObjectiveAggregate.Mean);
        Specs.Good(Last.With(
            "objective", "objectives: [{ metric: val/loss, direction: minimize }, { metric: val/accuracy, direction: maximize }]"))
            .Objectives!.ShouldAllBe(objective => objective.Aggregate == ObjectiveAggregate.Last);
    }

    [Theory]
    [InlineData(
        "objective",
        "objective: { metric: val/loss, direction: minimize, aggregate: best }\nearlyStopping: { patience: 3, restoreBest: false }",
        "SC1063",
        "aggregate is best, but earlyStopping.restoreBest is false")]
    [InlineData(
        "objective", "objective: { metric: test/loss, direction: minimize "
            + "}", "SC1072", "the test part is measured once, when a trial is over")]
    [InlineData("seed", "earlyStopping: { patience: 3, metric: test/accuracy }", "SC1072", "earlyStopping has metric test/accuracy")]
    [InlineData("seed", "scheduler: { type: wilcoxon }", "SC1062", "data.split has no folds")]
    public void A_network_is_judged_by_what_is_measured_each_epoch(string key, string line, string code, string words) =>
        BadLines.Explained(words, Specs.Mlp, key, line, code, words);

    [Fact]
    public void Of_which_trials_files_stay_is_told_by_numbers()
    {
        var kept = Specs.Good(Specs.Mlp.With("seed", "checkpoint: { every: 2, keepBest: 5, keepLast: 1 }")).Checkpoint.ShouldNotBeNull();

        (kept.Every, kept.KeepBest, kept.KeepLast, kept.HasPolicy).ShouldBe((2, 5, 1, true));
        Specs.Good(Specs.Mlp.With("seed", "checkpoint: { every: 2 }")).Checkpoint!.HasPolicy.ShouldBeFalse();
    }

    [Theory]
    [InlineData("checkpoint: { keepBest: 0 }", "keepBest")]
    [InlineData("checkpoint: { keepLast: 1.5 }", "keepLast")]
    [InlineData("checkpoint: { keepAll: true }", "keepAll")]
    public void What_cannot_be_kept_is_refused(string line, string word) =>
        Specs.Read(Specs.Mlp.With("seed", line)).Problems.ShouldContain(
            problem => problem.Severity == SpecSeverity.Error && problem.Message.Contains(word, StringComparison.Ordinal));

    [Fact]
    public void The_second_objective_may_be_of_the_test_part() => Specs.Good(Specs.Mlp.With(
        "objective", "objectives: [{ metric: val/loss, direction: minimize }, { metric: test/accuracy, direction: maximize }]"));

    [Fact]
    public void Early_stopping_is_refused_where_nobody_would_look_at_the_epochs() => BadLines.Explained(
        "function",
        Specs.Function,
        "seed",
        "earlyStopping: { patience: 5 }",
        "SC1063",
        "workload function runs by itself, so nothing would look at its epochs");

    [Theory]
    [InlineData("optimizer: lbfgs, gradientClip: 1", 1)]
    [InlineData("optimizer: lbfgs, gradientClip: 1, maxNorm: 2", 2)]
    [InlineData("optimizer: lbfgs, gradientClip: 0, reg: 0.1", 0)]
    [InlineData("optimizer: adam, gradientClip: 1", 0)]
    public void What_changes_gradients_behind_a_line_search_is_warned_of(string hyperparameters, int warnings) =>
        Specs.Read(Specs.Mlp.With("workload", $"workload: {{ builtin: mlp, fixed: {{ {hyperparameters} }} }}").With("optimizer", null)
                .With("momentum", null))
            .Problems.Count(problem => problem.Code == "SC1081" && problem.Message.Contains("line search", StringComparison.Ordinal))
            .ShouldBe(warnings);

    [Theory]
    [InlineData("epochs: 5", "{ type: asha, max: 50, min: 10 }", "scheduler asha never decides before a trial ends by itself: min is 10, "
        + "and epochs is 5")]
    [InlineData("epochs: 5", "{ type: asha, max: 270 }", "max / 27 is 10, and epochs is 5")]
    [InlineData("epochs: 5", "{ type: asha, max: 5 }", null)]
    [InlineData("epochs: 27", "{ type: hyperband, max: 81 }", "max, the length of a whole trial, is 81, but epochs is 27")]
    [InlineData("epochs: 27", "{ type: hyperband, max: 27, brackets: 9 }", "brackets is 9, but only 4 fit between min and max")]
    [InlineData("epochs: 27", "{ type: hyperband, max: 27, brackets: 4 }", null)]
    [InlineData("epochs: 5", "{ type: median }", "grace is 5, and epochs is 5")]
    [InlineData("epochs: 6", "{ type: median }", null)]
    [InlineData("epochs: 5", "{ type: pbt, interval: 10 }", "interval is 10, and epochs is 5")]
    [InlineData("epochs: 5", "{ type: patience, patience: 30 }", "patience is 30, and epochs is 5")]
    [InlineData("epochs: 5", "{ type: threshold, bound: 3 }", null)]
    public void A_scheduler_that_cannot_act_is_warned_of(string length, string scheduler, string? words)
    {
        var result = Specs.Read(Specs.Mlp
            .With("workload", $"workload: {{ builtin: mlp, fixed: {{ {length} }} }}")
            .With("seed", $"scheduler: {scheduler}"));

        result.Spec.ShouldNotBeNull();
        var warnings = result.Problems.Where(problem => problem.Code == "SC1076").Select(problem => problem.Message).ToList();
        warnings.Count.ShouldBe(words is null ? 0 : 1);
        warnings.ShouldAllBe(message => message.Contains(words!));
    }
}
