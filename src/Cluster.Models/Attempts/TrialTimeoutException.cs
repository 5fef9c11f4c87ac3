using SearchCluster.Contracts;

namespace SearchCluster.Models.Attempts;

/// <summary>An attempt ran longer than its time limit.</summary>
internal sealed class TrialTimeoutException(TimeSpan limit)
    : SearchClusterException(
        $"The attempt ran longer than its limit of {Durations.Of(limit)}; raise budget.trialTime, or train fewer epochs.");
