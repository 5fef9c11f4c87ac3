namespace SearchCluster.Coordinator.Refusals;

/// <summary>Limits of one request.</summary>
internal static class HttpLimits
{
    /// <summary>Most bytes of a body.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>Deepest nesting of a body.</summary>
    public const int JsonDepth = 32;

    /// <summary>Most characters of a path with its query.</summary>
    public const int AddressLength = 4096;

    /// <summary>Most bytes of the first line of a request; beyond <see cref="AddressLength"/>, so that too long an address is answered with
    /// a problem document and not by the server alone.</summary>
    public const int RequestLineBytes = 64 * 1024;

    /// <summary>Most trials of a page.</summary>
    public const int MostTrials = 10_000;

    /// <summary>Trials of a page when the request does not say.</summary>
    public const int DefaultTrials = 100;
}
