namespace SearchCluster.Contracts.Algorithms;

/// <summary>What a sampler or a trial scheduler is called and which options it reads, so that a spec can be checked without making it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Options">What it reads.</param>
/// <param name="SupportsSeveralObjectives">True when a search with several objectives may use it.</param>
/// <param name="LearnsFromTrials">True for a sampler whose suggestions depend on results, so that a warm start helps it.</param>
/// <param name="Predicts">True for a sampler that states the improvement it expects, which <c>budget.plateau</c> needs.</param>
/// <param name="HasStages">True for a sampler that reads <c>algorithm.stages</c> and cannot do without.</param>
/// <param name="NeedsScheduler">The trial scheduler without which the sampler makes no sense; null for none.</param>
/// <remarks>An option without a default is worked out by a sampler that gets none, but must be given to a scheduler (see <see cref="HyperparameterDescriptor.IsOptional"/>).</remarks>
public sealed record AlgorithmDescriptor(
    string Name,
    string Description,
    ValueArray<HyperparameterDescriptor> Options,
    bool SupportsSeveralObjectives = false,
    bool LearnsFromTrials = true,
    bool Predicts = false,
    bool HasStages = false,
    string? NeedsScheduler = null);
