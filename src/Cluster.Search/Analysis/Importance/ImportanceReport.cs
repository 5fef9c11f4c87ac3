namespace SearchCluster.Search.Analysis.Importance;

/// <summary>How much the parameters of a search matter.</summary>
/// <param name="Parameters">All parameters, the most important first.</param>
/// <param name="Pairs">Interactions of two parameters, the most important first; empty when not computed.</param>
public sealed record ImportanceReport(ValueArray<ParameterImportance> Parameters, ValueArray<PairImportance> Pairs);

/// <summary>How much one parameter matters.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Share">From 0 to 1; what it is a share of depends on the method.</param>
/// <param name="Spread">Standard deviation of the share over trees or resamples: differences below it mean nothing.</param>
public sealed record ParameterImportance(string Parameter, double Share, double Spread);

/// <summary>How much two parameters matter together, beyond what each does alone.</summary>
/// <param name="First">Name of one, earlier in the space.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Share">From 0 to 1.</param>
/// <param name="Spread">Standard deviation of the share over trees.</param>
public sealed record PairImportance(string First, string Second, double Share, double Spread);
