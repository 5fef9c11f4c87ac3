using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Contracts.Algorithms;

/// <summary>What a sampler or a trial scheduler is called and which options it reads, so that a spec can be checked without making it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Options">What it reads.</param>
/// <param name="SupportsSeveralObjectives">True when a search with several objectives may use it.</param>
/// <param name="LearnsFromResults">True when results change what a sampler suggests; it is then asked as late as possible.</param>
public sealed record AlgorithmDescriptor(
    string Name,
    string Description,
    ValueArray<HyperparameterDescriptor> Options,
    bool SupportsSeveralObjectives = false,
    bool LearnsFromResults = false);
