namespace SearchCluster.Contracts.Parameters;

/// <summary>One hyperparameter of a workload.</summary>
/// <param name="Name">Name in specs, in <c>space</c> or in <c>workload.fixed</c>.</param>
/// <param name="Domain">Every value the workload accepts.</param>
/// <param name="Default">The value without one in the spec; null when the spec must give it.</param>
/// <param name="Description">For people.</param>
/// <param name="IsOptional">True when the reader works the value out itself where a spec gives none; the default is null then.</param>
public sealed record HyperparameterDescriptor(
    string Name, ParameterDomain Domain, ParameterValue? Default, string Description, bool IsOptional = false);
