using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Training.Continuation;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Training.Trials;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Training;

/// <summary>A trial without its steps: any loop may serve it, also one that serves several.</summary>
public sealed class TrialRunTests
{
    [Fact]
    public void One_loop_serves_trials_that_end_at_different_times()
    {
        using var cancellation = new CancellationTokenSource();
        Lane[] lanes =
        [
            new(Trials.Assignment(Trials.Sane(epochs: 4), trial: 0)),
            new(Trials.Assignment(Trials.Sane(epochs: 9), Trials.Plan(earlyStopping: new EarlyStoppingSpec(null, Patience: 2)), trial: 1)),
            new(Trials.Assignment(Trials.Sane(epochs: 9), trial: 2, until: 3)),
            new(Trials.Assignment(Trials.Sane(epochs: 9), trial: 3), cancellation.Token),
            new(Trials.Assignment(Trials.Sane(epochs: 9), trial: 4), losses: epoch => epoch == 2 ? double.NaN : 1),
        ];

        Array.ForEach(lanes, lane => lane.Run.Resume());
        for (var epoch = 1; lanes.Any(lane => lane.Run.Outcome is null); epoch++)
        {
            if (epoch == 6)
            {
                cancellation.Cancel();
            }

            foreach (var lane in lanes.Where(lane => lane.Run.Outcome is null))
            {
                lane.Step(epoch);
            }
        }

        lanes[0].Completed.ShouldBe(TrainingStop.AllEpochs);
        lanes[1].Completed.ShouldBe(TrainingStop.Patience);
        lanes[2].Completed.ShouldBe(TrainingStop.ResourceLimit);
        lanes[3].Run.Outcome.ShouldBeOfType<AttemptHalted>().Resource.ShouldBe(5);
        lanes[4].Run.Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.Diverged);
        lanes.Select(lane => lane.Reports).ShouldBe([4, 3, 3, 5, 2]);
    }

    /// <summary>A trial whose losses are made up: the first epoch is the best.</summary>
    private sealed class Lane : ITrialState
    {
        private readonly Func<int, double> _losses;

        public Lane(TrialAssignment assignment, CancellationToken cancellation = default, Func<int, double>? losses = null)
        {
            _losses = losses ?? (epoch => epoch);
            var workload = (INetworkWorkload)WorkloadCatalog.Default.Find("mlp")!;
            var hyperparameters = Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, assignment.Values);
            var context = new WorkContext(new MemoryArtifactStore(), _ => Reports++, TimeProvider.System, cancellation);
            var setup = new TrialSetup(
                assignment, workload, hyperparameters, DataSetCache.Shared.Get(Trials.Digits, 42, CPU), CPU, context, null);
            var plan = setup.ToNetworkPlan();
            Run = new(setup, new(assignment, plan.Recipe, plan.Task), this);
        }

        public TrialRun Run { get; }

        public int Reports { get; private set; }

        public TrainingStop? Completed => (Run.Outcome as AttemptCompleted)?.StopReason;

        public void Step(int epoch)
        {
            Run.NextEpoch.ShouldBe(epoch);
            try
            {
                Run.BeforeStep();
            }
            catch (OperationCanceledException)
            {
                Run.Halt();
                return;
            }

            using (Run.BeginEpoch())
            {
                Run.Take(_losses(epoch), [_losses(epoch), .. Enumerable.Repeat(0.5, 6)]);
            }

            Run.EndEpoch();
        }

        public void Keep()
        {
            // There are no weights.
        }

        public void RestoreKept()
        {
            // There are no weights.
        }

        public IReadOnlyList<StoredTensor> StoreKept() => [];

        public double[] Evaluate(DataPart part) => new double[7];

        public void WriteCheckpoint(Stream stream, string identity, ValueArray<string> metrics, IReadOnlyList<Measurement> measurements) =>
            stream.WriteByte(1);

        public IReadOnlyList<Measurement> Restore(TrialCheckpoint checkpoint, string? identity, ValueArray<string> metrics) =>
            throw new NotSupportedException();
    }
}
