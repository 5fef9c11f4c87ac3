using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Training.Trials;

namespace SearchCluster.Models.Tests.Training;

public sealed class AttemptEndTests
{
    [Fact]
    public void Patience_ends_training_and_the_best_epoch_is_kept()
    {
        var values = Trials.Sane(epochs: 60).With("learningRate", ParameterValue.Real(0.05)).With("lrDecay", ParameterValue.Real(1));
        var run = Trials.Run(Trials.Assignment(values, Trials.Plan(earlyStopping: new EarlyStoppingSpec(null, Patience: 3))));

        run.Completed.StopReason.ShouldBe(TrainingStop.Patience);
        var losses = run.Reports.Select(report => report.Metrics["val/loss"]).ToList();
        run.Result.BestResource.ShouldBe(losses.IndexOf(losses.Min()) + 1);
        run.Result.LastResource.ShouldBe(run.Result.BestResource + 3);
    }

    [Fact]
    public void Cancelling_halts_within_the_next_epoch_and_keeps_checkpoint_and_model()
    {
        var run = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 50)), onReport: (measurement, cancellation) =>
        {
            if (measurement.Resource == 3)
            {
                cancellation.Cancel();
            }
        });

        var halted = run.Outcome.ShouldBeOfType<AttemptHalted>();
        halted.Resource.ShouldBe(3);
        halted.Result!.HasModel.ShouldBeTrue();
        run.Reports.Count.ShouldBe(3);
        run.Artifacts.Files.Keys.Order().ShouldBe(["searches/digits/trials/0000/checkpoint.scc", "searches/digits/trials/0000/model.scm"]);
    }

    [Fact]
    public void A_loss_that_is_not_finite_fails_the_trial_as_diverged()
    {
        var run = Trials.Run(Trials.Assignment(
            Trials.Sane(optimizer: "sgd").With("learningRate", ParameterValue.Real(1000)).With("reg", ParameterValue.Real(1000))));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Diverged);
        run.Failure.Message.ShouldContain("after epoch 1");
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(0.005, false)]
    public void Training_that_explodes_but_stays_finite_is_told_once(double learningRate, bool isTold)
    {
        var run = Trials.Run(Trials.Assignment(
            Trials.Sane(epochs: 2).With("learningRate", ParameterValue.Real(learningRate)).With("lrDecay", ParameterValue.Real(1))));

        double.IsFinite(run.Result.Objective).ShouldBeTrue();
        run.Warnings
            .Count(warning => warning.StartsWith("Training diverged without becoming NaN", StringComparison.Ordinal))
            .ShouldBe(isTold ? 1 : 0);
    }

    [Theory]
    [InlineData(2, 3, 0.1, false)]
    [InlineData(2.3, 4.9e28, 4.9e28, true)]
    [InlineData(2.3, 400, 1, true)]
    [InlineData(2.3, 200, 1, false)]
    [InlineData(2.3, 1, 1_000, false)]
    [InlineData(2.3, 1, 1e9, true)]
    [InlineData(2.3, double.NaN, double.NaN, false)]
    [InlineData(0, 5, 5, false)]
    public void Only_what_no_training_that_learns_reaches_is_divergence(double untrained, double train, double validation, bool isTold) =>
        (FiniteDivergence.Find(ValueMap<double>.Empty
            .With("train/loss", train)
            .With("val/loss", validation), untrained) is not null).ShouldBe(isTold);

    [Fact]
    public void A_validation_loss_that_alone_explodes_is_not_put_down_to_the_learning_rate_alone()
    {
        var told = FiniteDivergence.Find(ValueMap<double>.Empty.With("train/loss", 1).With("val/loss", 1e9), 2.3)!;

        told.ShouldContain("though the training loss is not");
        told.ShouldContain("numbers of validation rows lie far outside the training part (a warning of the data names column and row; "
            + "correct them)");
    }

    [Fact]
    public void A_loss_that_is_not_finite_ranks_last_where_the_spec_says_so()
    {
        var objective = new ObjectiveSpec("val/loss", Direction.Minimize, OnNonFinite: NonFinitePolicy.Worst);
        var run = Trials.Run(Trials.Assignment(
            Trials.Sane(optimizer: "sgd").With("learningRate", ParameterValue.Real(1000)).With("reg", ParameterValue.Real(1000)),
            Trials.Plan(objective)));

        double.IsFinite(run.Result.Objective).ShouldBeFalse();
    }

    [Fact]
    public void An_attempt_beyond_its_time_fails_as_a_timeout()
    {
        var run = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 1000), Trials.Plan(trialTime: TimeSpan.FromTicks(1))));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    [Theory]
    [InlineData("depth", "no hyperparameter 'depth'")]
    [InlineData("hiddenSize", "'hiddenSize' is 0, but must be a whole number from 1 to 65536")]
    public void A_configuration_that_does_not_fit_is_misconfigured(string name, string text)
    {
        var run = Trials.Run(Trials.Assignment(Trials.Sane().With(name, ParameterValue.Integer(0))));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain(text);
    }

    [Fact]
    public void An_objective_that_is_not_measured_is_misconfigured()
    {
        var run = Trials.Run(Trials.Assignment(Trials.Sane(), Trials.Plan(new ObjectiveSpec("test/loss", Direction.Minimize))));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Misconfigured);
        run.Failure.Message.ShouldContain("train/loss, val/loss, val/accuracy");
    }

    [Fact]
    public void A_network_larger_than_the_machine_fails_as_out_of_memory()
    {
        var run = Trials.Run(Trials.Assignment(
            Trials.Sane().With("hiddenSize", ParameterValue.Integer(65_536)).With("numLayers", ParameterValue.Integer(32))));

        run.Failure.Kind.ShouldBe(TrialFailureKind.OutOfMemory);
    }

    [Fact]
    public void The_last_epoch_is_kept_when_the_objective_asks_for_the_last()
    {
        var objective = new ObjectiveSpec("val/loss", Direction.Minimize, Aggregate: ObjectiveAggregate.Last);
        var run = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 3), Trials.Plan(objective)));

        run.Result.BestResource.ShouldBe(3);
        run.Result.Objective.ShouldBe(run.Curve[2]["val/loss"]);
    }

    [Fact]
    public void What_a_workload_throws_becomes_a_failure_with_detail()
    {
        var catalog = new SearchCluster.Models.Workloads.WorkloadCatalog(new ThrowingWorkload());
        var run = Trials.Run(
            Trials.Assignment(ParameterValues.Empty, Trials.Plan(workload: "throwing")), executor: new WorkExecutor(workloads: catalog));

        run.Failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        run.Failure.Message.ShouldBe("InvalidOperationException: boom");
        System.Text.Encoding.UTF8.GetByteCount(run.Failure.Detail!).ShouldBeLessThanOrEqualTo(16_384);
        run.Failure.Detail!.ShouldContain("boom");
        run.Failure.Detail!.ShouldContain(
            $"at {typeof(ThrowingWorkload).FullName!.Replace('+', '.')}.Run(",
            customMessage: "however long the message is, the stack is kept");
    }

    private sealed class ThrowingWorkload : SearchCluster.Models.Workloads.IComputedWorkload
    {
        public SearchCluster.Contracts.Workloads.WorkloadDescriptor Descriptor { get; } = new(
            "throwing", "Throws.", NeedsData: false, [], ["value"]);

        public WorkOutcome Run(
            TrialAssignment assignment, SearchCluster.Models.Configuration.Hyperparameters hyperparameters, WorkContext context) =>
            throw new InvalidOperationException("boom\n" + new string('ä', 100_000));
    }
}
