using SearchCluster.Search.Sampling.Auto;
using SearchCluster.Search.Scheduling;

namespace SearchCluster.Specs.Sections;

/// <summary>What a spec means that leaves a section out.</summary>
internal static class StandardNames
{
    /// <summary>The sampler of a spec that names none.</summary>
    public static string Algorithm => AutoSampler.Descriptor.Name;

    /// <summary>The scheduler of a spec that names none.</summary>
    public static string Scheduler => NoScheduler.Descriptor.Name;
}
