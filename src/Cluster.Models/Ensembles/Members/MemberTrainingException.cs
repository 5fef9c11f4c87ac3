using SearchCluster.Contracts;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>A member of the ensemble could not be trained.</summary>
/// <param name="failure">Which, and why.</param>
internal sealed class MemberTrainingException(AttemptFailure failure) : SearchClusterException(failure.Message)
{
    /// <summary>What ended its training.</summary>
    public AttemptFailure Failure { get; } = failure;
}
