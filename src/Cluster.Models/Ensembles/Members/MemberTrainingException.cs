using System.Globalization;
using SearchCluster.Contracts;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>A member of the ensemble could not be trained.</summary>
/// <param name="number">Its number.</param>
/// <param name="failure">Why.</param>
internal sealed class MemberTrainingException(int number, AttemptFailure failure)
    : SearchClusterException(string.Create(CultureInfo.InvariantCulture, $"Member {number} of the ensemble could not be trained: {failure.Message}"))
{
    /// <summary>What ended its training.</summary>
    public AttemptFailure Failure { get; } = failure;
}
