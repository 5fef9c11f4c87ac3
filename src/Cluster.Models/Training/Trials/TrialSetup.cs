using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Training.Continuation;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Trials;

/// <summary>Everything that is given to the training of one trial.</summary>
/// <param name="Assignment">The trial.</param>
/// <param name="Workload">What is trained.</param>
/// <param name="Hyperparameters">Its configuration.</param>
/// <param name="Data">On what.</param>
/// <param name="Device">Where.</param>
/// <param name="Context">What surrounds the attempt.</param>
/// <param name="TraceParent">W3C context of the parent of its spans, or null.</param>
/// <param name="Sample">Tells which rows of the data were drawn where the assignment does not; null for all.</param>
internal sealed record TrialSetup(
    TrialAssignment Assignment,
    INetworkWorkload Workload,
    Hyperparameters Hyperparameters,
    DataSet Data,
    Device Device,
    WorkContext Context,
    string? TraceParent,
    string? Sample = null)
{
    private TrialId Trial => Assignment.Lease.Item.TrialId ?? throw new InvalidOperationException("A trial assignment names no trial.");

    public string CheckpointPath => ArtifactPaths.Checkpoint(Assignment.Lease.SearchId, Trial);

    public string ModelPath => ArtifactPaths.Model(Assignment.Lease.SearchId, Trial);

    /// <summary>Hash of everything that decides the numbers of a trial, so that a checkpoint of another trial is never continued.</summary>
    public string Identity { get; } = TrialIdentity.Of(Assignment, Sample);

    /// <summary>
    /// Checkpoints to try in order. A trial that takes another's over tries its own first: that one fits only
    /// when it was saved since, because the identity covers the values, which changed with the take-over.
    /// </summary>
    public IEnumerable<CheckpointSource> CheckpointSources => Assignment.CheckpointOf is { } donor
        ? [
            new(CheckpointPath, Identity, Donor: null, IsExpected: false),
            new(ArtifactPaths.Checkpoint(Assignment.Lease.SearchId, donor), Identity: null, donor, IsExpected: true),
        ]
        : [new(CheckpointPath, Identity, Donor: null, IsExpected: true)];

    public ModelFile Describe(ValueMap<double> metrics, IReadOnlyList<StoredTensor> weights) => new()
    {
        Workload = Workload.Descriptor.Name,
        Fixed = Assignment.Plan.Workload.Fixed,
        Values = Assignment.Values,
        Shape = Data.Shape,
        Preprocessing = Data.Preprocessing,
        TargetScaling = Data.TargetScaling,
        Metrics = metrics,
        Weights = weights,
        ClassCounts = Data.TrainClassCounts().ToValueArray(),
        Seed = Assignment.Seed,
    };

    public NetworkPlan ToNetworkPlan() => new(Workload, Hyperparameters, Data, Device, Assignment.Plan.SearchSeed, Assignment.Seed)
    {
        Artifacts = Context.Artifacts,
        Pretrained = Assignment.Plan.Workload.Pretrained,
        BeforeEvaluation = () => Context.Pulse?.Beat(),
    };
}
