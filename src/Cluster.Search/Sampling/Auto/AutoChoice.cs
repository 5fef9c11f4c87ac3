namespace SearchCluster.Search.Sampling.Auto;

/// <summary>What algorithm <c>auto</c> stands for in one search.</summary>
/// <param name="Algorithm">Name of a sampler.</param>
/// <param name="Reason">Why, as the end of a sentence that starts with "because".</param>
public sealed record AutoChoice(string Algorithm, string Reason);
