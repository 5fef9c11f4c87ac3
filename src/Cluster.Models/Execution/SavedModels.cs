using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Execution;

/// <summary>Checks what a result says of the artifact store before it counts.</summary>
internal static class SavedModels
{
    /// <summary>Lets a result pass whose model can be opened, or that claims none.</summary>
    /// <param name="outcome">What a workload returned; null is for others to refuse.</param>
    /// <param name="lease">Its trial.</param>
    /// <param name="artifacts">Where models lie.</param>
    /// <returns>The outcome, or a failure that names the missing file.</returns>
    public static WorkOutcome Require(WorkOutcome outcome, LeaseKey lease, IArtifacts artifacts)
    {
        var result = outcome switch { AttemptCompleted completed => completed.Result, AttemptHalted halted => halted.Result, _ => null };
        return result is { HasModel: true }
            && lease.Item.TrialId is { } trial
            && ArtifactPaths.Model(lease.SearchId, trial) is var path
            && !artifacts.Exists(path)
            ? new AttemptFailed(new(
                TrialFailureKind.WorkloadError,
                $"The result says that a model was saved, but there is none at {path}; write it there through context.Artifacts, or return "
                    + $"HasModel: false."))
            : outcome;
    }
}
