using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training;

/// <summary>Everything that is given to the training of one trial.</summary>
/// <param name="Assignment">The trial.</param>
/// <param name="Workload">What is trained.</param>
/// <param name="Hyperparameters">Its configuration.</param>
/// <param name="Data">On what.</param>
/// <param name="Device">Where.</param>
/// <param name="Context">What surrounds the attempt.</param>
/// <param name="TraceParent">W3C context of the parent of its spans, or null.</param>
internal sealed record TrialSetup(
    TrialAssignment Assignment,
    INetworkWorkload Workload,
    Hyperparameters Hyperparameters,
    DataSet Data,
    Device Device,
    WorkContext Context,
    string? TraceParent)
{
    private TrialId Trial => Assignment.Lease.Item.TrialId ?? throw new InvalidOperationException("A trial assignment names no trial.");

    public string CheckpointPath => ArtifactPaths.Checkpoint(Assignment.Lease.SearchId, Trial);

    public string ModelPath => ArtifactPaths.Model(Assignment.Lease.SearchId, Trial);

    /// <summary>Hash of everything that decides the numbers of a trial, so that a checkpoint of another trial is never continued.</summary>
    public string Identity
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{Assignment.Plan.SearchSeed}|{Assignment.Seed}|{Assignment.Plan.Workload.Builtin}|{Assignment.Plan.Workload.Fixed}|{Assignment.Values}|{Assignment.Plan.Data}{(Assignment.DataFraction is { } fraction ? $"|{fraction:R}" : "")}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Checkpoints to try in order; one of another trial may be of another configuration.</summary>
    public IEnumerable<(string Path, string? Identity)> CheckpointCandidates => Assignment.CheckpointOf is { } donor
        ? [(CheckpointPath, Identity), (ArtifactPaths.Checkpoint(Assignment.Lease.SearchId, donor), null)]
        : [(CheckpointPath, Identity)];

    public ModelFile Describe(ValueMap<double> metrics, TrialNetwork network) => new(
        Workload.Descriptor.Name, Assignment.Plan.Workload.Fixed, Assignment.Values, Data.Shape, Data.Normalisation, metrics, [.. network.StoreKept()]);
}
