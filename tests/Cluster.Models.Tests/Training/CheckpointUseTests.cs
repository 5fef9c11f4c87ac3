using SearchCluster.Artifacts;

namespace SearchCluster.Models.Tests.Training;

public sealed class CheckpointUseTests
{
    private static readonly string CheckpointPath = ArtifactPaths.Checkpoint(Trials.Search, new TrialId(0));

    [Fact]
    [Trait("Promise", "R18")]
    public void A_damaged_checkpoint_is_ignored_with_a_warning_and_training_starts_over()
    {
        var undisturbed = Trials.Run(Trials.Assignment(Trials.Sane()));
        var store = Trials.Run(Trials.Assignment(Trials.Sane(), until: 2)).Artifacts;
        store.Files[CheckpointPath][^100] ^= 1;

        var again = Trials.Run(Trials.Assignment(Trials.Sane(), from: 2), store);

        again.Curve.ShouldBe(undisturbed.Curve);
        again.Warnings.Single(warning => warning.StartsWith("Checkpoint", StringComparison.Ordinal)).ShouldContain("starts over");
    }

    [Fact]
    public void A_checkpoint_of_another_configuration_is_not_continued()
    {
        var store = Trials.Run(Trials.Assignment(Trials.Sane(), until: 2)).Artifacts;

        var other = Trials.Run(Trials.Assignment(Trials.Sane().With("reg", ParameterValue.Real(0.01))), store);

        other.Reports[0].Resource.ShouldBe(1);
        other.Warnings.Single(warning => warning.StartsWith("Checkpoint", StringComparison.Ordinal)).ShouldContain("identity");
    }

    [Fact]
    public void Measurements_whose_reports_may_be_lost_are_reported_again_from_the_checkpoint()
    {
        var first = Trials.Run(Trials.Assignment(Trials.Sane(), until: 3));

        var second = Trials.Run(Trials.Assignment(Trials.Sane(), from: 1), first.Artifacts);

        second.Reports.Select(report => report.Resource).ShouldBe([2, 3, 4]);
        second.Curve[..2].ShouldBe(first.Curve[1..3]);
    }

    [Fact]
    public void A_patience_that_was_half_used_up_goes_on_after_a_resume()
    {
        var values = Trials.Sane(epochs: 60).With("learningRate", ParameterValue.Real(0.05)).With("lrDecay", ParameterValue.Real(1));
        var plan = Trials.Plan(earlyStopping: new EarlyStoppingSpec("val/accuracy", Patience: 3, MinDelta: 0.001));
        var undisturbed = Trials.Run(Trials.Assignment(values, plan));
        var middle = undisturbed.Reports.Count - 2;

        var first = Trials.Run(Trials.Assignment(values, plan, until: middle));
        var second = Trials.Run(Trials.Assignment(values, plan, from: middle), first.Artifacts);

        second.Completed.StopReason.ShouldBe(TrainingStop.Patience);
        second.Result.LastResource.ShouldBe(undisturbed.Result.LastResource);
        second.Result.Metrics.ShouldBe(undisturbed.Result.Metrics);
    }

    [Fact]
    public void Only_the_checkpoint_of_a_paused_trial_and_the_model_are_flushed_to_the_disk()
    {
        var store = Trials.Run(Trials.Assignment(Trials.Sane(), until: 3)).Artifacts;

        store.Writes.Select(write => write.Durability).ShouldBe(
            [ArtifactDurability.ProcessDeath, ArtifactDurability.ProcessDeath, ArtifactDurability.PowerLoss, ArtifactDurability.PowerLoss]);
    }
}
