namespace SearchCluster.Search.Analysis.Dependence;

/// <summary>What is expected of one value of a parameter.</summary>
/// <param name="Value">Decoded, as a configuration has it.</param>
/// <param name="Place">Its place on the axis, from 0 to 1.</param>
/// <param name="Mean">The expected loss, over all values of the other parameters.</param>
/// <param name="Spread">Standard deviation of that over the trees.</param>
public sealed record DependencePoint(ParameterValue Value, double Place, double Mean, double Spread);
