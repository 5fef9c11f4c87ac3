using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>What holds for every workload holds for computed ones: limits, and that a result is true.</summary>
public sealed class ComputedWorkloadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void A_function_that_takes_longer_than_its_time_is_timed_out()
    {
        var values = Trials.Values(
            ("function", ParameterValue.Text("sphere")),
            ("measurements", ParameterValue.Integer(5)),
            ("sleepMilliseconds", ParameterValue.Integer(5_000)),
            ("x", ParameterValue.Real(1)));

        var run = Trials.Run(
            Trials.Assignment(values, Trials.Plan(new ObjectiveSpec("value", Direction.Minimize), workload: "function", trialTime: Limit)));

        run.Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
        run.Failure.Message.ShouldContain("100 ms");
    }

    [Fact]
    public void A_workload_that_comes_back_too_late_is_timed_out_whatever_it_returns()
    {
        var run = Run(context =>
        {
            context.Cancellation.WaitHandle.WaitOne();
            return Completed(hasModel: false);
        }, Limit);

        run.Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    [Fact]
    public void A_workload_that_throws_because_it_was_asked_to_end_is_timed_out()
    {
        var run = Run(context =>
        {
            context.Cancellation.WaitHandle.WaitOne();
            throw new InvalidOperationException("wrapped", new OperationCanceledException());
        }, Limit);

        run.Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    [Fact]
    public void Callbacks_of_a_workload_that_throw_end_nothing()
    {
        var run = Run(context =>
        {
            context.Cancellation.Register(() => throw new InvalidOperationException("callback"));
            context.Cancellation.WaitHandle.WaitOne();
            return Completed(hasModel: false);
        }, Limit);

        run.Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    [Fact]
    public void A_workload_within_its_time_is_left_alone() =>
        Run(_ => Completed(hasModel: false), TimeSpan.FromMinutes(1)).Result.Objective.ShouldBe(0.5);

    [Fact]
    public void A_result_that_claims_a_model_which_does_not_exist_does_not_count()
    {
        var run = Run(_ => Completed(hasModel: true), null);

        run.Failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        run.Failure.Message.ShouldContain("there is none at searches/digits/trials/0000/model.scm");
    }

    [Fact]
    public void A_result_whose_model_was_written_counts()
    {
        var run = Run(context =>
        {
            context.Artifacts.Write(ArtifactPaths.Model(Trials.Search, new TrialId(0)), stream => stream.WriteByte(1));
            return Completed(hasModel: true);
        }, null);

        run.Result.HasModel.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_data_that_a_workload_reads_by_itself_are_told_and_kept_to(bool measures)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "1\n");
            WorkOutcome Work(WorkContext context)
            {
                if (measures)
                {
                    context.Report(new(1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero));
                }

                return Completed(hasModel: false);
            }

            var executor = new WorkExecutor("cpu", new WorkloadCatalog(new ScriptedWorkload(Work)));
            var assignment = Assignment(null);
            assignment = assignment with { Plan = assignment.Plan with { Data = new DataSpec(path, null, new SplitSpec()) } };
            var first = Trials.Run(assignment, executor: executor);
            var data = (measures ? first.Reports[0].Data : first.Result.Data).ShouldNotBeNull();

            File.WriteAllText(path, "2 \n");
            var refused = Trials.Run(assignment with { Plan = assignment.Plan with { KnownData = data } }, executor: executor);

            refused.Failure.Message.ShouldStartWith("SC3311 ");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_attempt_that_was_cancelled_before_its_time_is_halted_however_late_it_ends()
    {
        using var cancelled = new CancellationTokenSource();
        var workload = new ScriptedWorkload(context =>
        {
            cancelled.Cancel();
            using var never = new ManualResetEventSlim();
            never.Wait(3 * Limit, CancellationToken.None);
            return new AttemptHalted(0, null);
        });

        var outcome = new WorkExecutor("cpu", new WorkloadCatalog(workload)).Run(
            Assignment(Limit), new WorkContext(new MemoryArtifactStore(), _ => { }, TimeProvider.System, cancelled.Token));

        outcome.ShouldBe(new AttemptHalted(0, null));
    }

    private static AttemptCompleted Completed(bool hasModel) =>
        new(new TrialResult(0.5, 1, 1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero, hasModel), TrainingStop.AllEpochs);

    private static Recorder Run(Func<WorkContext, WorkOutcome> run, TimeSpan? limit) =>
        Trials.Run(Assignment(limit), executor: new WorkExecutor("cpu", new WorkloadCatalog(new ScriptedWorkload(run))));

    private static TrialAssignment Assignment(TimeSpan? limit) =>
        Trials.Assignment(
            ParameterValues.Empty, Trials.Plan(new ObjectiveSpec("value", Direction.Minimize), workload: "scripted", trialTime: limit));

    private sealed class ScriptedWorkload(Func<WorkContext, WorkOutcome> run) : IComputedWorkload
    {
        public WorkloadDescriptor Descriptor { get; } = new("scripted", "Does what a test says.", NeedsData: false, [], ["value"]);

        public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context) => run(context);
    }
}
