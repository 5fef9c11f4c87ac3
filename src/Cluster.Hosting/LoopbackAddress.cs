using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Hosting;

/// <summary>The one rule for every address that a process listens on, calls as a member of a cluster, or is
/// called by over HTTP: this machine only.</summary>
/// <remarks>Other addresses need TLS with certificates for each machine. The secrets of a state folder (token,
/// key) open what listens here.</remarks>
public static class LoopbackAddress
{
    /// <summary>Reads a loopback address.</summary>
    /// <param name="host">localhost, 127.x.x.x or ::1.</param>
    /// <param name="address">What it means, 127.0.0.1 for localhost; null when it is none.</param>
    /// <returns>False when it is anything else.</returns>
    public static bool TryParse(string? host, [NotNullWhen(true)] out IPAddress? address)
    {
        address = host is null ? null
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(host.Trim('[', ']'), out var parsed) && IPAddress.IsLoopback(parsed) ? parsed
            : null;
        return address is not null;
    }

    /// <summary>Writes an address as it stands before a port.</summary>
    /// <returns>127.0.0.1 or [::1].</returns>
    public static string Text(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
    }

    /// <summary>Gives each loopback host one spelling: members know each other by the text of their address.</summary>
    /// <param name="host">localhost, for example.</param>
    /// <returns>127.0.0.1; the text as it is when it is no loopback address.</returns>
    public static string Canonical(string host) => TryParse(host, out var address) ? Text(address) : host;

    /// <summary>Says why an address is refused.</summary>
    /// <param name="what">Which one, as the start of a sentence.</param>
    /// <param name="host">What was given.</param>
    /// <returns>A sentence with a way out; null when it is a loopback address.</returns>
    public static string? Refusal(string what, string? host) => TryParse(host, out _)
        ? null
        : $"{what} is \"{host}\", but this release listens on loopback only (127.0.0.1, ::1, localhost): other addresses need TLS between "
            + $"machines, which it does not have yet. Use an SSH tunnel to reach it from elsewhere.";
}
