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

    /// <summary>Most characters of all headers together.</summary>
    public const int HeaderLength = 32 * 1024;

    /// <summary>Most headers.</summary>
    public const int Headers = 100;

    /// <summary>What the server beneath lets through, so that headers beyond <see cref="HeaderLength"/> and <see cref="Headers"/> are
    /// answered with a problem document, too.</summary>
    public const int HeaderBytesBeneath = 4 * HeaderLength;

    /// <summary>As <see cref="HeaderBytesBeneath"/>, for their number.</summary>
    public const int HeadersBeneath = 10 * Headers;

    /// <summary>Most trials of a page.</summary>
    public const int MostTrials = 10_000;

    /// <summary>Trials of a page when the request does not say.</summary>
    public const int DefaultTrials = 100;
}
