namespace SearchCluster.Contracts.Api;

/// <summary>The objective of one configuration over its evaluations, which differ in their seeds only; what the trials of a search with
/// <c>repeats</c> rank by.</summary>
/// <param name="Mean">Mean of those that have a result; of those with all folds where there are any.</param>
/// <param name="Evaluations">How many these are.</param>
/// <param name="Repeats">How many the search asks for.</param>
public sealed record ConfigurationMean(double Mean, int Evaluations, int Repeats)
{
    /// <summary>True when all evaluations have a result: any other configuration ranks behind.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => Evaluations >= Repeats;
}
