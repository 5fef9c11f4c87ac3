using SearchCluster.Hosting;

namespace SearchCluster.Launch;

/// <summary>A launch cannot start or go on; the message tells why and what to do.</summary>
public sealed class LaunchException : HostingException
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="cause">What the system said; null for nothing.</param>
    public LaunchException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>The exit code of the process that failed; null where none ran.</summary>
    public int? ExitCode { get; init; }
}
