using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.Scheduling;

namespace SearchCluster.Specs.Rules;

/// <summary>The names that a spec may use in this release: those of the catalogues.</summary>
public static class ReleaseVocabulary
{
    /// <summary>All of them.</summary>
    public static SpecVocabulary Value { get; } = new(
        BuiltinWorkloads.All,
        SamplerCatalog.Descriptors,
        TrialSchedulerCatalog.Descriptors,
        Ensembles: [EnsembleMethods.None, .. EnsembleMethods.All.Select(method => method.Name)],
        SpecVocabulary.ShippedDataSets);
}
