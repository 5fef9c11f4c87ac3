using SearchCluster.Contracts;

namespace SearchCluster.Security;

/// <summary>A certificate, a key, an authority or a token cannot be used; the message tells why and what to do.</summary>
/// <param name="code">One of <see cref="SecurityCodes"/>.</param>
/// <param name="message">Subject, actual value, rule, next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class TrustException(string code, string message, Exception? innerException = null)
    : SearchClusterException(message, innerException)
{
    /// <summary>One of <see cref="SecurityCodes"/>.</summary>
    public string Code { get; } = code;
}
