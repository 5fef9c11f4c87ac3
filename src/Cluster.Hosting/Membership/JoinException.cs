namespace SearchCluster.Hosting.Membership;

/// <summary>The coordinator does not let this machine join, or renew its certificate; the message tells why and what to do.</summary>
/// <param name="code">What is wrong, see docs/errors.md.</param>
/// <param name="message">Fit to print as it is.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class JoinException(string code, string message, Exception? inner = null) : HostingException(message, inner)
{
    /// <summary>What is wrong, see docs/errors.md.</summary>
    public string Code { get; } = code;

    /// <summary>HTTP status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>True where the same attempt may work later: nobody answers, or the coordinator is not ready.</summary>
    public bool MayPass { get; init; }
}
