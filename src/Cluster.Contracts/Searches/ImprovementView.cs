namespace SearchCluster.Contracts.Searches;

/// <summary>A finished trial that became the best.</summary>
/// <param name="TrialId">Its number within the search, from 0.</param>
/// <param name="Objective">Its value.</param>
/// <param name="FinishedTrials">How many trials were finished then, itself included.</param>
/// <param name="At">When.</param>
public sealed record ImprovementView(TrialId TrialId, double Objective, int FinishedTrials, DateTimeOffset At);
