using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Models.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void A_sane_configuration_learns_the_digits()
    {
        var run = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 20)));

        run.Result.Metrics["val/accuracy"].ShouldBeGreaterThan(0.95);
        run.Result.Metrics["test/accuracy"].ShouldBeGreaterThan(0.94);
        run.Result.Metrics.Keys.ShouldBe(BuiltinWorkloads.Mlp.Metrics.Order(StringComparer.Ordinal));
        run.Result.Objective.ShouldBe(run.Reports.Min(report => report.Metrics["val/loss"]));
        run.Result.HasModel.ShouldBeTrue();
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("rmsprop")]
    public void The_same_trial_twice_gives_the_same_bits(string optimizer)
    {
        var first = Trials.Run(Trials.Assignment(Trials.Sane(optimizer: optimizer)));
        var second = Trials.Run(Trials.Assignment(Trials.Sane(optimizer: optimizer)));

        second.Curve.ShouldBe(first.Curve);
        second.Result.Metrics.ShouldBe(first.Result.Metrics);
        first.Curve[^1]["val/accuracy"].ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void Another_seed_gives_another_trial()
    {
        var first = Trials.Run(Trials.Assignment(Trials.Sane(), seed: 7));
        var second = Trials.Run(Trials.Assignment(Trials.Sane(), seed: 8));

        second.Curve[0].ShouldNotBe(first.Curve[0]);
    }

    [Fact]
    public void Four_trials_on_four_threads_give_the_same_bits_as_alone()
    {
        var alone = Enumerable.Range(0, 4).Select(i => Trials.Run(Trials.Assignment(Trials.Sane(), trial: i, seed: (ulong)i))).ToArray();

        var together = new Recorder[4];
        var threads = Enumerable.Range(0, 4)
            .Select(i => new Thread(
                () => together[i] = Trials.Run(Trials.Assignment(Trials.Sane(), trial: i, seed: (ulong)i)))
            { IsBackground = true })
            .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        for (var i = 0; i < alone.Length; i++)
        {
            together[i].Curve.ShouldBe(alone[i].Curve);
            together[i].Result.Metrics.ShouldBe(alone[i].Result.Metrics);
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("rmsprop")]
    public void A_resumed_trial_gives_the_same_bits_as_an_undisturbed_one(string optimizer)
    {
        var values = Trials.Sane(epochs: 6, optimizer: optimizer);
        var undisturbed = Trials.Run(Trials.Assignment(values));

        var first = Trials.Run(Trials.Assignment(values, until: 3));
        var second = Trials.Run(Trials.Assignment(values, from: 3), first.Artifacts);

        first.Completed.StopReason.ShouldBe(TrainingStop.ResourceLimit);
        first.Curve.Concat(second.Curve).ShouldBe(undisturbed.Curve);
        second.Result.Metrics.ShouldBe(undisturbed.Result.Metrics);
        second.Result.Objective.ShouldBe(undisturbed.Result.Objective);
        second.Reports[0].Resource.ShouldBe(4);
    }
}
