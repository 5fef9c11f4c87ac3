namespace SearchCluster.Search.Analysis;

/// <summary>A finished trial, as the analysis of a search sees it.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="Loss">Its objective, minimised (negated when larger is better); not finite when it failed.</param>
public sealed record EvaluatedTrial(TrialId Trial, ParameterValues Values, double Loss);
