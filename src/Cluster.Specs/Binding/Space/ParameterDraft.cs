using SearchCluster.Specs.Sections;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>A parameter whose own keys are read; conditions and defaults follow when all parameters are known.</summary>
/// <param name="Section">Where its keys are.</param>
/// <param name="Name">Its key in the space.</param>
/// <param name="Domain">Its values; null after a problem.</param>
/// <param name="Known">The workload's hyperparameter of that name, or null.</param>
/// <param name="GridPoints">Points on the grid axis.</param>
/// <param name="Description">For people.</param>
internal sealed record ParameterDraft(
    Section Section,
    string Name,
    ParameterDomain? Domain,
    HyperparameterDescriptor? Known,
    int? GridPoints,
    string? Description);
