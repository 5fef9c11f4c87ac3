using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.ModelFiles;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Training;

/// <summary>Trials of folds: each is a measurement, their mean the value, and nothing is trained twice.</summary>
public sealed class CrossValidationTests
{
    private const int Count = 4;

    private static readonly ParameterValues Small = Trials.Sane(epochs: 3);

    [Fact]
    public void Each_fold_is_a_measurement_and_the_value_is_their_mean()
    {
        var run = Trials.Run(Trials.Assignment(Small, Plan(Count)));

        run.Reports.Select(report => report.Resource).ShouldBe([1, 2, 3, 4]);
        run.Curve.Select(metrics => metrics["val/loss"]).Distinct().Count().ShouldBe(Count);
        run.Result.Objective.ShouldBe(run.Curve.Average(metrics => metrics["val/loss"]), 1e-12);
        run.Result.Metrics["val/accuracy"].ShouldBe(run.Curve.Average(metrics => metrics["val/accuracy"]), 1e-12);
        run.Result.Metrics["val/loss.sd"].ShouldBe(
            Math.Sqrt(run.Curve.Sum(metrics => Math.Pow(metrics["val/loss"] - run.Result.Objective, 2)) / (Count - 1)), 1e-12);
        run.Result.LastResource.ShouldBe(Count);
        run.Result.Metrics["val/accuracy"].ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public void A_halted_trial_trains_only_what_is_missing_and_has_the_same_numbers()
    {
        var whole = Trials.Run(Trials.Assignment(Small, Plan(Count)));

        // Cancelled in the middle: two folds are done by then.
        var store = new MemoryArtifactStore();
        var halted = Trials.Run(Trials.Assignment(Small, Plan(Count)), store, (measurement, cancellation) =>
        {
            if (measurement.Resource == 2)
            {
                cancellation.Cancel();
            }
        });
        var so = halted.Outcome.ShouldBeOfType<AttemptHalted>();
        so.Resource.ShouldBe(2);
        so.Result!.Objective.ShouldBe(whole.Curve[..2].Average(metrics => metrics["val/loss"]), 1e-12);
        var written = store.Files.Count(
            file => file.Key.Contains("/folds/", StringComparison.Ordinal) && file.Key.EndsWith("finished.scm", StringComparison.Ordinal));
        written.ShouldBe(2);

        var writes = store.Writes.Count;
        var rest = Trials.Run(Trials.Assignment(Small, Plan(Count), from: 2), store);

        rest.Curve.ShouldBe(whole.Curve[2..]);
        rest.Result.Metrics.ShouldBe(whole.Result.Metrics);
        store.Writes
            .Skip(writes)
            .ShouldNotContain(write => write.Path.Contains("/folds/001", StringComparison.Ordinal)
                || write.Path.Contains("/folds/002", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_fold_is_trained_again_with_a_warning()
    {
        var store = new MemoryArtifactStore();
        var whole = Trials.Run(Trials.Assignment(Small, Plan(Count)), store);
        var path = store.Files.Keys.Single(
            file => file.Contains("/folds/002/", StringComparison.Ordinal) && file.EndsWith("finished.scm", StringComparison.Ordinal));
        store.Files[path] = store.Files[path][..100];

        var again = Trials.Run(Trials.Assignment(Small, Plan(Count)), store);

        again.Warnings.ShouldHaveSingleItem().ShouldStartWith("Fold 2 of trial t0000 is trained again");
        again.Curve.ShouldBe(whole.Curve);
    }

    [Fact]
    public void A_scheduler_can_pause_it_after_a_fold()
    {
        var store = new MemoryArtifactStore();
        var paused = Trials.Run(Trials.Assignment(Small, Plan(Count), until: 1), store);

        paused.Completed.StopReason.ShouldBe(TrainingStop.ResourceLimit);
        paused.Reports.Count.ShouldBe(1);
        Trials.Run(Trials.Assignment(Small, Plan(Count), from: 1), store).Result.LastResource.ShouldBe(Count);
    }

    [Fact]
    public void The_model_is_that_of_the_first_fold()
    {
        var run = Trials.Run(Trials.Assignment(Small, Plan(Count)));

        var file = run.Artifacts.Files[ArtifactPaths.Model(Trials.Search, new TrialId(0))];
        var model = ModelFile.Read(new MemoryStream(file));
        model.Metrics["val/loss"].ShouldBe(run.Curve[0]["val/loss"]);
        model.Metrics.ContainsKey("elapsedSeconds").ShouldBeFalse();

        // The validation part of the search is the first fold, so its model says of it what was measured.
        var data = DataSetCache.Shared.Get(Plan(Count).Data!, 42, CPU);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var trained = TrainedModel.Load(path);
            using var member = MemberNetwork.Open(
                model, (Models.Workloads.INetworkWorkload)Models.Workloads.WorkloadCatalog.Default.Find("mlp")!, CPU);
            var predictions = member.PredictRows(data.Validation);
            var truth = data.Validation.Targets.data<long>().ToArray();
            truth
                .Where((answer, row) => Voting.BestClass(predictions, row) == answer)
                .Count()
                .ShouldBe((int)Math.Round(run.Curve[0]["val/accuracy"] * truth.Length));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(SplitSpec.LeaveOneOut)]
    public void Every_row_validates_once_and_classes_are_spread_evenly(int folds)
    {
        var spec = Trials.Digits with { Limit = 150, Split = new SplitSpec(Folds: folds) };
        var count = folds == SplitSpec.LeaveOneOut ? 150 : folds;

        var sets = Enumerable.Range(0, count)
            .Select(fold => DataSetCache.Shared.Get(spec with { Split = spec.Split with { Fold = fold } }, 42, CPU))
            .ToArray();

        sets.ShouldAllBe(set => set.Train.Rows + set.Validation.Rows == 150 && set.Test == null);
        sets.Sum(set => set.Validation.Rows).ShouldBe(150);
        (sets.Max(set => set.Validation.Rows) - sets.Min(set => set.Validation.Rows)).ShouldBeLessThanOrEqualTo(1);
        var counts = sets.Select(set => set.Validation.Targets.bincount(null, minlength: 10).data<long>().ToArray()).ToArray();
        for (var label = 0; label < 10; label++)
        {
            (counts.Max(fold => fold[label]) - counts.Min(fold => fold[label])).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Preprocessing_is_fitted_on_the_training_rows_of_each_fold()
    {
        var spec = Trials.Digits with { Split = new SplitSpec(Folds: 3) };
        var sets = Enumerable.Range(0, 3)
            .Select(fold => DataSetCache.Shared.Get(spec with { Split = spec.Split with { Fold = fold } }, 42, CPU))
            .ToArray();

        foreach (var set in sets)
        {
            // Columns with a spread have mean 0 on the rows that train, whatever the fold left out has.
            set.Train.Inputs.mean([0]).abs().max().item<float>().ShouldBeLessThan(1e-4f);
            set.Validation.Inputs.mean([0]).abs().max().item<float>().ShouldBeGreaterThan(1e-3f);
        }
    }

    [Theory]
    [InlineData(20, 10, "has 10 rows for 20 folds")]
    [InlineData(SplitSpec.LeaveOneOut, 1500, "at most 1000")]
    public void Too_few_or_too_many_rows_are_named(int folds, int rows, string message)
    {
        var plan = Plan(folds);
        var run = Trials.Run(Trials.Assignment(Small, plan with { Data = plan.Data! with { Limit = rows } }));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain(message);
    }

    [Fact]
    public void The_checkpoint_of_another_trial_is_refused()
    {
        var run = Trials.Run(Trials.Assignment(Small, Plan(Count)) with { CheckpointOf = new TrialId(3) });

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain("no folds");
    }

    private static TrialPlan Plan(int folds) => Trials.Plan(
        new ObjectiveSpec("val/loss", Direction.Minimize, Aggregate: ObjectiveAggregate.Mean),
        data: Trials.Digits with { Limit = folds == Count ? 600 : null, Split = new SplitSpec(Folds: folds) });
}
