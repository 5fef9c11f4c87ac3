using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Everything around the making of one ensemble.</summary>
/// <param name="Assignment">What is asked for, and of which trials.</param>
/// <param name="Workload">What is trained.</param>
/// <param name="Data">On what.</param>
/// <param name="Device">Where.</param>
/// <param name="Context">What surrounds the attempt.</param>
/// <param name="TraceParent">W3C context of the parent of its spans, or null.</param>
internal sealed record EnsembleSetup(
    EnsembleAssignment Assignment, INetworkWorkload Workload, DataSet Data, Device Device, WorkContext Context, string? TraceParent = null)
{
    public SearchId Search => Assignment.Lease.SearchId;

    public ulong Seed => Assignment.Plan.SearchSeed;

    /// <summary>How many members are asked for.</summary>
    public int Count => Assignment.Ensemble.Members;

    /// <summary>Numbers of the members that could be trained.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(0, Count).Where(number => Assignment.FailedMembers?.Contains(number) != true);

    /// <summary>Says for the card which members are missing; empty where none are.</summary>
    public string LeftOut => Assignment.FailedMembers is { } failed
        ? FormattableString.Invariant($" {failed.Count} of {Count} members could not be trained and are left out.")
        : "";
}
