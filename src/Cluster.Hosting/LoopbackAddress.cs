using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SearchCluster.Hosting;

/// <summary>The one rule for every address that a process listens on: this machine only, since other addresses need TLS with certificates for each machine.</summary>
public static class LoopbackAddress
{
    /// <summary>Reads a loopback address.</summary>
    /// <param name="host">localhost, 127.x.x.x or ::1.</param>
    /// <param name="address">The address.</param>
    /// <returns>False when it is anything else.</returns>
    public static bool TryParse(string host, [NotNullWhen(true)] out IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(host);
        address = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(host.Trim('[', ']'), out var parsed) && IPAddress.IsLoopback(parsed) ? parsed
            : null;
        return address is not null;
    }

    /// <summary>Says why an address is refused.</summary>
    /// <param name="what">Which one, as the start of a sentence.</param>
    /// <param name="host">What was given.</param>
    /// <returns>A sentence with a way out; null when it is a loopback address.</returns>
    public static string? Refusal(string what, string host) => TryParse(host, out _)
        ? null
        : $"{what} is \"{host}\", but this release listens on loopback only (127.0.0.1, ::1, localhost): other addresses need TLS between machines, which it does not have yet. Use an SSH tunnel to reach it from elsewhere.";
}
