using System.Collections.Concurrent;
using System.Diagnostics;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Training;

/// <summary>What waits in a file for a fold or an ensemble is taken only when it is of the same training; folds
/// and members live by the same rules.</summary>
public sealed class StoredTrainingTests
{
    private static readonly ParameterValues Small = Trials.Sane(epochs: 2);
    private static readonly ParameterValues Hopeless = Trials.Sane(optimizer: "sgd")
        .With("learningRate", ParameterValue.Real(1000))
        .With("reg", ParameterValue.Real(1000));

    [Fact]
    public void A_fold_of_another_seed_is_not_taken()
    {
        var store = new MemoryArtifactStore();
        Trials.Run(Trials.Assignment(Small, Folds(2), seed: 7), store);

        var other = Trials.Run(Trials.Assignment(Small, Folds(2), seed: 8), store);

        other.Curve.ShouldBe(Trials.Run(Trials.Assignment(Small, Folds(2), seed: 8)).Curve);
    }

    [Fact]
    public void A_fold_that_an_early_release_finished_is_taken()
    {
        var store = new MemoryArtifactStore();
        var whole = Trials.Run(Trials.Assignment(Small, Folds(2)), store);
        foreach (var path in store.Files.Keys.Where(path => path.EndsWith("finished.scm", StringComparison.Ordinal)).ToList())
        {
            var early = ModelFile.Read(new MemoryStream(store.Files[path])) with { Identity = null };
            store.Write(path, early.Write);
        }

        var writes = store.Writes.Count;
        Trials.Run(Trials.Assignment(Small, Folds(2)), store).Curve.ShouldBe(whole.Curve);

        store.Writes.Skip(writes).ShouldNotContain(write => write.Path.EndsWith("finished.scm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fold_that_fails_is_named() =>
        Trials.Run(Trials.Assignment(Hopeless, Folds(2))).Failure.Message.ShouldStartWith("Fold 1 of trial t0000 could not be trained: ");

    [Fact]
    public void Folds_that_are_done_stay_done_when_the_next_attempt_is_cancelled_before_it_looks()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        var outcome = new WorkExecutor().Run(
            Trials.Assignment(Small, Folds(2), from: 1), Context(new MemoryArtifactStore(), cancelled.Token));

        outcome.ShouldBe(new AttemptHalted(1, null));
    }

    [Fact]
    public void Folds_that_are_done_count_when_the_trial_is_cancelled_while_it_reads_the_next_ones_rows()
    {
        using var cancellation = new CancellationTokenSource();
        var workload = new ReadingWorkload(fold =>
        {
            if (fold == 2)
            {
                cancellation.Cancel();
            }
        });
        var plan = Folds(4) with { Workload = new WorkloadSpec("reading", Trials.Values(("epochs", ParameterValue.Integer(1)))) };

        var outcome = new WorkExecutor(workloads: new WorkloadCatalog(workload)).Run(
            Trials.Assignment(ParameterValues.Empty, plan), Context(new MemoryArtifactStore(), cancellation.Token));

        var halted = outcome.ShouldBeOfType<AttemptHalted>();
        halted.Resource.ShouldBe(2);
        halted.Result!.Metrics.ContainsKey("val/loss.sd").ShouldBeTrue();
    }

    [Fact]
    public void A_member_of_other_rows_is_not_taken()
    {
        var store = new MemoryArtifactStore();
        Train(Member("bagging"), store);

        var other = Member("bagging") with { Plan = Trials.Plan(data: Trials.Digits with { Limit = 900 }) };
        Train(other, store).Metrics.ShouldBe(Train(other, new MemoryArtifactStore()).Metrics);
    }

    [Fact]
    public void A_member_of_a_search_over_folds_keeps_its_best_epoch_as_each_fold_does()
    {
        var values = Trials.Sane(epochs: 12).With("learningRate", ParameterValue.Real(0.05)).With("lrDecay", ParameterValue.Real(1));
        var best = new ObjectiveSpec("val/loss", Direction.Minimize);
        var plan = Folds(4);

        var overFolds = Train(Member("bagging", values) with { Plan = plan }, new MemoryArtifactStore());
        var alone = Train(Member("bagging", values) with { Plan = plan with { Objective = best } }, new MemoryArtifactStore());

        overFolds.Metrics.ShouldBe(alone.Metrics);
    }

    [Fact]
    public void Epochs_of_a_member_are_children_of_the_assignments_span()
    {
        const string TraceId = "0af7651916cd43dd8448eb211c803199", Parent = "b7ad6b7169203331";
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SearchClusterTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        Train(Member("bagging") with { TraceParent = $"00-{TraceId}-{Parent}-01" }, new MemoryArtifactStore());

        spans.Count(span => span.TraceId.ToHexString() == TraceId && span.OperationName == "epoch").ShouldBe(2);
    }

    private static ModelFile Train(MemberAssignment member, MemoryArtifactStore store)
    {
        var outcome = new WorkExecutor().Run(member, Context(store, TestContext.Current.CancellationToken));
        outcome.ShouldBe(new MemberCompleted(), (outcome as AttemptFailed)?.Failure.ToString());
        return ModelFile.Read(new MemoryStream(
            store.Files.Single(file => file.Key.EndsWith("/000/finished.scm", StringComparison.Ordinal)).Value)) is var model
            ? model with { Metrics = new(model.Metrics.Where(metric => metric.Key != "elapsedSeconds")) }
            : throw new InvalidOperationException();
    }

    private static WorkContext Context(IArtifacts store, CancellationToken cancellation) =>
        new(store, _ => { }, TimeProvider.System, cancellation);

    private static TrialPlan Folds(int count) =>
        Trials.Plan(
            new ObjectiveSpec("val/loss", Direction.Minimize, Aggregate: ObjectiveAggregate.Mean),
            data: Trials.Digits with { Limit = 400, Split = new SplitSpec(Folds: count) });

    private static MemberAssignment Member(string type, ParameterValues? values = null) => new(
        new LeaseKey(Trials.Search, WorkItem.Member(0), 1, 1),
        new EnsembleSpec(type, 2),
        [new EnsembleMember(new(0), values ?? Small, 0.1)],
        Trials.Plan());

    private sealed record NoOptions
    {
        [SearchRange(1, 2)]
        public int Size { get; init; } = 1;
    }

    /// <summary>Tells which fold it reads.</summary>
    private sealed class ReadingWorkload(Action<int> reads)
        : NetworkWorkload<NoOptions>("reading", "A workload under test.", TargetKind.Class), INetworkWorkload
    {
        DataSet INetworkWorkload.LoadData(DataSpec spec, ulong searchSeed, Device device)
        {
            reads(spec.Split.Fold ?? 0);
            return DataSetCache.Shared.Get(spec, searchSeed, device);
        }

        protected override nn.Module<Tensor, Tensor> Build(NoOptions options, NetworkContext context) =>
            new DenseLayer(64, 10, null, new(context.Seed, context.Device));
    }
}
