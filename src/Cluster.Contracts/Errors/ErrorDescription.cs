namespace SearchCluster.Contracts.Errors;

/// <summary>One row of the catalog.</summary>
/// <param name="Code">For example <c>SC3004</c>.</param>
/// <param name="Family">Heading of its family.</param>
/// <param name="Meaning">A sentence that is true wherever the code is used.</param>
/// <param name="NextStep">What a person can do.</param>
public sealed record ErrorDescription(string Code, string Family, string Meaning, string NextStep);
