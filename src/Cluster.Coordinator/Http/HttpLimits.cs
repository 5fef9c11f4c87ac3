namespace SearchCluster.Coordinator.Http;

/// <summary>Limits of one request.</summary>
internal static class HttpLimits
{
    /// <summary>Most bytes of a body.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>Deepest nesting of a body.</summary>
    public const int JsonDepth = 32;

    /// <summary>Trials of a page when the request does not say.</summary>
    public const int DefaultTrials = 100;
}
