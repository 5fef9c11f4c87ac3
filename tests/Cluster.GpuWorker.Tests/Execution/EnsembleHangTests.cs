using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Configuration;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>Members and ensembles that hang end their process as trials do.</summary>
[Trait("Promise", "R22")]
public sealed class EnsembleHangTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly TemporaryFolder _folder = new();
    private readonly OutcomeOutbox _outbox;
    private readonly HangingWorkload _workload = new();
    private readonly WorkExecutor _executor;
    private readonly AttemptHost _host;

    public EnsembleHangTests()
    {
        _outbox = OutcomeOutbox.Open(_folder.FullPath, NullLogger.Instance);
        _executor = new("cpu", new WorkloadCatalog(_workload));
        _host = new(
            Samples.Description(),
            _executor,
            new FolderArtifactStore(_folder.FullPath),
            _outbox,
            new(_clock, HostFixture.HangLimit),
            NullLogger<AttemptHost>.Instance);
    }

    public void Dispose()
    {
        _workload.Release();
        _host.Dispose();
        _outbox.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_member_that_ignores_its_time_limit_counts_as_timed_out()
    {
        _workload.Hangs = true;
        _host.TryStart(new([Member(Limit)]));
        await _workload.IsHanging.Patiently();

        _clock.Advance(Limit);
        _clock.Advance(HostFixture.HangLimit);

        (await _host.Hung).ShouldContain("it ran longer than its time limit");
        _host
            .Pending(10)
            .Single(report => report.Outcome is not null).Outcome
            .ShouldBeOfType<AttemptFailed>().Failure.Kind
            .ShouldBe(TrialFailureKind.Timeout);
    }

    [Fact]
    public async Task A_member_that_ignores_its_cancellation_counts_as_halted()
    {
        _workload.Hangs = true;
        _host.TryStart(new([Member(null)]));
        await _workload.IsHanging.Patiently();

        _host.Cancel(Member(null).Lease);
        _clock.Advance(HostFixture.HangLimit);

        _host.Hung.IsCompleted.ShouldBeTrue();
        _host.Pending(10).Single(report => report.Outcome is not null).Outcome
            .ShouldBeOfType<AttemptHalted>().Failure!.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    [Fact]
    public async Task An_ensemble_whose_model_hangs_while_it_predicts_counts_as_halted_when_it_is_cancelled()
    {
        var (trial, ensemble) = (Trial(), Ensemble());
        var run = _executor.Run(trial, new(
            new StoredArtifacts(new FolderArtifactStore(_folder.FullPath)),
            _ => { },
            TimeProvider.System,
            TestContext.Current.CancellationToken));
        run.ShouldBeOfType<AttemptCompleted>((run as AttemptFailed)?.Failure.ToString());
        _workload.Hangs = true;
        _host.TryStart(new([ensemble]));
        await _workload.IsHanging.Patiently();

        _clock.Advance(TimeSpan.FromDays(1));
        _host.Hung.IsCompleted.ShouldBeFalse("an ensemble has no limit of its own");
        _host.Cancel(ensemble.Lease);
        _clock.Advance(HostFixture.HangLimit);

        _host.Hung.IsCompleted.ShouldBeTrue();
        _host.Pending(10).Single(report => report.Outcome is not null).Outcome
            .ShouldBeOfType<AttemptHalted>().Failure!.Kind.ShouldBe(TrialFailureKind.Timeout);
    }

    private static TrialPlan Plan(TimeSpan? limit) => new(
        7,
        new WorkloadSpec("hanging", ParameterValues.Empty),
        new DataSpec("digits", null, new SplitSpec()),
        new ObjectiveSpec("val/loss", Direction.Minimize),
        null,
        TrialTime: limit);

    private static TrialAssignment Trial() =>
        new(Samples.Lease(0), ParameterValues.Empty.With("epochs", ParameterValue.Integer(1)), 1, Plan(null));

    private static EnsembleMember[] Best() => [new(new(0), Trial().Values, 0.1)];

    private static MemberAssignment Member(TimeSpan? limit) =>
        new(new LeaseKey(Samples.Search, WorkItem.Member(0), 1, 1), new EnsembleSpec("bagging", 2), Best().ToValueArray(), Plan(limit));

    private static EnsembleAssignment Ensemble() =>
        new(new LeaseKey(Samples.Search, WorkItem.Ensemble, 1, 1), new EnsembleSpec("top-k", 1), Best().ToValueArray(), Plan(null));

    /// <summary>A perceptron that stands still when it is told to.</summary>
    private sealed class HangingWorkload()
        : NetworkWorkload<HangingOptions>("hanging", "Stands still when it is told to.", TargetKind.Class)
    {
        private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public bool Hangs { get; set; }

        public Task IsHanging => _hanging.Task;

        public void Release() => _released.Set();

        protected override nn.Module<Tensor, Tensor> Build(HangingOptions options, NetworkContext context) => new Standing(this);

        private void Stand()
        {
            if (Hangs)
            {
                _hanging.TrySetResult();
                _released.Wait();
            }
        }

        private sealed class Standing : nn.Module<Tensor, Tensor>
        {
            private readonly HangingWorkload _owner;
            private readonly nn.Module<Tensor, Tensor> _inner = nn.Linear(64, 10);

            public Standing(HangingWorkload owner)
                : base(nameof(Standing))
            {
                _owner = owner;
                register_module("inner", _inner);
            }

            public override Tensor forward(Tensor input)
            {
                _owner.Stand();
                return _inner.forward(input);
            }
        }
    }

    private sealed record HangingOptions
    {
        [SearchRange(1, 2)]
        public int Size { get; init; } = 1;
    }
}
