using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Models.Tests.Training;

public sealed class TakeOverTests
{
    private static readonly TrialId Donor = new(1);

    private static TrialAssignment Assignment(ParameterValues values, int from, int? until = null) =>
        Trials.Assignment(values, trial: 0, from: from, until: until) with { CheckpointOf = Donor };

    private static MemoryArtifactStore DonorAt(int epoch, ParameterValues? values = null) =>
        Trials.Run(Trials.Assignment(values ?? Trials.Sane(), trial: 1, until: epoch)).Artifacts;

    [Fact]
    public void Training_goes_on_from_the_other_trials_weights_with_changed_step_size_and_penalty()
    {
        var donor = Trials.Run(Trials.Assignment(Trials.Sane(), trial: 1, until: 2));
        var slower = Trials.Sane().With("learningRate", ParameterValue.Real(0.001)).With("reg", ParameterValue.Real(1e-3));

        var taken = Trials.Run(Assignment(slower, from: 2), donor.Artifacts);

        taken.Reports.Select(report => report.Resource).ShouldBe([3, 4]);
        taken.Warnings.ShouldNotContain(warning => warning.StartsWith("Checkpoint", StringComparison.Ordinal));
        taken.Reports[0].Metrics["val/loss"].ShouldBeLessThan(donor.Reports[1].Metrics["val/loss"] * 1.05, "it did not start over");
        taken.Curve[0].ShouldNotBe(
            Trials.Run(Trials.Assignment(Trials.Sane(), trial: 1, from: 2), DonorAt(2)).Curve[0], "the step size changed");
    }

    [Fact]
    public void With_unchanged_values_the_numbers_are_those_of_the_other_trial()
    {
        var undisturbed = Trials.Run(Trials.Assignment(Trials.Sane(), trial: 1));

        Trials.Run(Assignment(Trials.Sane(), from: 2), DonorAt(2)).Curve.ShouldBe(undisturbed.Curve[2..]);
    }

    [Fact]
    public void The_optimizers_momentum_and_a_changed_momentum_go_together()
    {
        var store = DonorAt(2, Trials.Sane(optimizer: "momentum"));

        var taken = Trials.Run(Assignment(Trials.Sane(optimizer: "momentum").With("momentum", ParameterValue.Real(0.5)), from: 2), store);

        taken.Reports.Select(report => report.Resource).ShouldBe([3, 4]);
    }

    [Theory]
    [InlineData("hiddenSize")]
    [InlineData("optimizer")]
    public void Another_shape_or_optimizer_is_misconfigured_and_says_what_to_do(string changed)
    {
        var values = changed == "hiddenSize" ? Trials.Sane().With(changed, ParameterValue.Integer(16)) : Trials.Sane(optimizer: "rmsprop");

        var failure = Trials.Run(Assignment(values, from: 2), DonorAt(2)).Failure;

        failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        failure.Message.ShouldContain("cannot go on from the checkpoint of trial t0001");
        failure.Message.ShouldContain("perturb: real");
    }

    [Fact]
    public void A_checkpoint_that_was_saved_since_the_take_over_comes_first()
    {
        var store = DonorAt(2);
        var values = Trials.Sane(epochs: 6).With("learningRate", ParameterValue.Real(0.001));
        var undisturbed = Trials.Run(Assignment(values, from: 2, until: 5), Copy(store));
        Trials.Run(Assignment(values, from: 2), store, onReport: (report, cancellation) =>
        {
            if (report.Resource == 4)
            {
                cancellation.Cancel();
            }
        }).Outcome.ShouldBeOfType<AttemptHalted>().Resource.ShouldBeInRange(3, 4);

        var again = Trials.Run(Assignment(values, from: 4, until: 5), store);

        again.Curve[^1].ShouldBe(undisturbed.Curve[^1]);
        again.Reports[0].Resource.ShouldBeInRange(4, 5);
    }

    [Fact]
    public void The_trials_own_older_checkpoint_is_passed_over_without_a_warning()
    {
        var store = DonorAt(2);
        Trials.Run(Trials.Assignment(Trials.Sane().With("reg", ParameterValue.Real(1e-2)), until: 2), store);

        var taken = Trials.Run(Assignment(Trials.Sane().With("learningRate", ParameterValue.Real(0.001)), from: 2), store);

        taken.Reports[0].Resource.ShouldBe(3);
        taken.Warnings.ShouldNotContain(warning => warning.StartsWith("Checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_ahead_of_the_trial_brings_its_measurements_along()
    {
        var donor = Trials.Run(Trials.Assignment(Trials.Sane(), trial: 1, until: 3));

        var taken = Trials.Run(
            Assignment(Trials.Sane().With("learningRate", ParameterValue.Real(0.001)), from: 1, until: 2), donor.Artifacts);

        taken.Reports.Select(report => report.Resource).ShouldBe([2, 3]);
        taken.Curve.ShouldBe(donor.Curve[1..]);
        taken.Completed.StopReason.ShouldBe(TrainingStop.ResourceLimit);
    }

    [Fact]
    public void Without_a_checkpoint_to_take_over_training_starts_over_with_a_warning()
    {
        var taken = Trials.Run(Assignment(Trials.Sane(), from: 2), new MemoryArtifactStore());

        taken.Reports.Select(report => report.Resource).ShouldBe([1, 2, 3, 4]);
        taken.Warnings.ShouldContain(warning => warning.Contains("trial t0001 has saved none", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_other_trial_measured_before_is_not_this_ones_best()
    {
        // The step size is so large that each epoch is worse than those of the other trial.
        var wild = Trials.Sane().With("learningRate", ParameterValue.Real(20));
        var donor = Trials.Run(Trials.Assignment(Trials.Sane(), trial: 1, until: 2));

        var taken = Trials.Run(Assignment(wild, from: 2) with { TakenOver = new TakenOver(2, null) }, donor.Artifacts);

        var own = taken.Reports.MinBy(report => report.Metrics["val/loss"])!;
        own.Metrics["val/loss"].ShouldBeGreaterThan(donor.Result.Objective);
        (taken.Result.BestResource, taken.Result.Objective, taken.Result.HasModel).ShouldBe((own.Resource, own.Metrics["val/loss"], true));
        Model(taken).Metrics["val/loss"].ShouldBe(own.Metrics["val/loss"]);
        Model(taken).Values.ShouldBe(wild);
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(1e9, true)]
    public void The_model_of_before_is_replaced_by_a_better_one_only(double before, bool isReplaced)
    {
        var store = DonorAt(2);
        var first = Trials.Sane().With("reg", ParameterValue.Real(1e-2));
        Trials.Run(Trials.Assignment(first, until: 2), store);
        var second = Trials.Sane().With("learningRate", ParameterValue.Real(0.001));

        var taken = Trials.Run(Assignment(second, from: 2) with { TakenOver = new TakenOver(2, before) }, store);

        taken.Result.HasModel.ShouldBe(isReplaced);
        Model(taken).Values.ShouldBe(isReplaced ? second : first);
    }

    private static ModelFile Model(Recorder run)
    {
        using var stream = run.Artifacts.OpenRead(ArtifactPaths.Model(Trials.Search, new TrialId(0)))!;
        return ModelFile.Read(stream);
    }

    private static MemoryArtifactStore Copy(MemoryArtifactStore store)
    {
        var copy = new MemoryArtifactStore();
        foreach (var (path, bytes) in store.Files)
        {
            copy.Files[path] = [.. bytes];
        }

        return copy;
    }
}
