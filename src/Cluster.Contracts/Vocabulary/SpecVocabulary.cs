using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Contracts.Vocabulary;

/// <summary>The names that a spec may use.</summary>
/// <param name="Workloads">Built-in workloads.</param>
/// <param name="Algorithms">Samplers.</param>
/// <param name="Schedulers">Trial schedulers.</param>
/// <param name="Ensembles">Ensemble methods.</param>
/// <param name="DataSets">Data sets that ship with the product.</param>
public sealed record SpecVocabulary(
    ValueArray<WorkloadDescriptor> Workloads,
    ValueArray<AlgorithmDescriptor> Algorithms,
    ValueArray<AlgorithmDescriptor> Schedulers,
    ValueArray<string> Ensembles,
    ValueArray<string> DataSets)
{
    /// <summary>The data sets that ship with the product.</summary>
    public static ValueArray<string> ShippedDataSets { get; } = ["digits"];
}
