namespace SearchCluster.Search.Analysis.Dependence;

/// <summary>What is expected of values of two parameters.</summary>
/// <param name="First">Value of the first one.</param>
/// <param name="Second">Value of the second one.</param>
/// <param name="Mean">The expected loss, over all values of the other parameters.</param>
/// <param name="Spread">Standard deviation of that over the trees.</param>
public sealed record PairDependencePoint(ParameterValue First, ParameterValue Second, double Mean, double Spread);
