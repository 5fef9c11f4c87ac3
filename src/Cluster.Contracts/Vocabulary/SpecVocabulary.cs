using SearchCluster.Contracts.Algorithms;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Contracts.Vocabulary;

/// <summary>The names that a spec may use in this release; the catalogues of the other projects are tested against it.</summary>
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
    /// <summary>What this release offers.</summary>
    public static SpecVocabulary Default { get; } = new(
        BuiltinWorkloads.All,
        Algorithms: BuiltinAlgorithms.All,
        Schedulers: BuiltinSchedulers.All,
        Ensembles: [EnsembleMethods.None, .. EnsembleMethods.All.Select(method => method.Name)],
        DataSets: ["digits"]);
}
