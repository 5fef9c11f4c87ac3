namespace SearchCluster.Contracts.Searches;

/// <summary>A finished trial that became the best; with <c>repeats</c> the best one of a configuration that did.</summary>
/// <param name="TrialId">Its number within the search, from 0.</param>
/// <param name="Objective">Its value.</param>
/// <param name="FinishedTrials">How many trials were finished then, itself included.</param>
/// <param name="At">When.</param>
/// <param name="Mean">Mean of its configuration over its seeds then; null where trials do not rank by it.</param>
public sealed record ImprovementView(
    TrialId TrialId, double Objective, int FinishedTrials, DateTimeOffset At, double? Mean = null);
