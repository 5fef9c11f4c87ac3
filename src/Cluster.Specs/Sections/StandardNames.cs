namespace SearchCluster.Specs.Sections;

/// <summary>What a spec means that leaves a section out.</summary>
internal static class StandardNames
{
    /// <summary>The sampler of a spec that names none.</summary>
    public const string Algorithm = "auto";

    /// <summary>The scheduler of a spec that names none.</summary>
    public const string Scheduler = "none";
}
