namespace SearchCluster.Search.Scheduling;

/// <summary>Limits of options that are resource levels.</summary>
internal static class Resources
{
    /// <summary>The largest level that an option can name.</summary>
    public const int Most = 1_000_000;
}
