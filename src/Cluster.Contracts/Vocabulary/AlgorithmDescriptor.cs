using SearchCluster.Contracts.Configuration;

namespace SearchCluster.Contracts.Vocabulary;

/// <summary>What a sampler or a trial scheduler is called and which options it reads, so that a spec can be
/// checked without making it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Options">What it reads.</param>
/// <param name="SupportsSeveralObjectives">True when a search with several objectives may use it.</param>
/// <param name="LearnsFromTrials">True for a sampler whose suggestions depend on results.</param>
/// <param name="Predicts">True for a sampler that states the improvement it expects, which <c>budget.plateau</c> needs.</param>
/// <param name="HasStages">True for a sampler that reads <c>algorithm.stages</c> and cannot do without.</param>
/// <param name="NeedsScheduler">The trial scheduler without which the sampler makes no sense; null for none.</param>
/// <param name="LearnsFromEarlierSearch">True for a sampler that learns also from final results of another
/// search (<c>warmStart</c>), if from any.</param>
public sealed record AlgorithmDescriptor(
    string Name,
    string Description,
    ValueArray<HyperparameterDescriptor> Options,
    bool SupportsSeveralObjectives = false,
    bool LearnsFromTrials = true,
    bool Predicts = false,
    bool HasStages = false,
    string? NeedsScheduler = null,
    bool LearnsFromEarlierSearch = true)
{
    /// <summary>Describes what reads the options of a class; see <see cref="SearchConfiguration{T}"/>.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="name">Name in specs.</param>
    /// <param name="description">One sentence for people.</param>
    public static AlgorithmDescriptor Of<TOptions>(string name, string description)
        where TOptions : class, new() => new(name, description, SearchConfiguration<TOptions>.Descriptors);
}
