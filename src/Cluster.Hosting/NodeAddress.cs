using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Hosting;

/// <summary>An address by which processes reach one: of this machine alone (loopback), or one that other machines reach, too.</summary>
/// <remarks>One spelling for each, since members know each other by the text of their address: 127.0.0.1 for localhost, IPv6 shortened and
/// in brackets, names in small letters.</remarks>
public sealed class NodeAddress
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private NodeAddress(string text, IPAddress? ip) => (Text, Ip) = (text, ip);

    /// <summary>As it stands before a port: <c>10.0.0.5</c>, <c>[fd00::5]</c>, <c>node1.lab</c>.</summary>
    public string Text { get; }

    /// <summary>The number; null for a name.</summary>
    public IPAddress? Ip { get; }

    /// <summary>True when only this machine reaches it.</summary>
    public bool IsLoopback => Ip is not null && IPAddress.IsLoopback(Ip);

    /// <summary>As a certificate names it: without brackets.</summary>
    public string Host => Ip?.ToString() ?? Text;

    /// <summary>Reads an address.</summary>
    /// <param name="host">An IP address, with or without brackets, <c>localhost</c>, or a name.</param>
    /// <returns>Null when it is none by which one process can be reached; <see cref="Misfit"/> says why.</returns>
    public static NodeAddress? TryParse(string? host) => Read(host).Address;

    /// <summary>Says why a text is no address of a process.</summary>
    /// <param name="host">What was given.</param>
    /// <returns>The end of a sentence that begins with the text; null when it is one.</returns>
    public static string? Misfit(string? host) => Read(host).Misfit;

    /// <summary>Writes an IP address as <see cref="Text"/> does.</summary>
    /// <param name="ip">IPv4 as IPv6 is written as IPv4.</param>
    public static string TextOf(IPAddress ip)
    {
        ArgumentNullException.ThrowIfNull(ip);
        var plain = Plain(ip);
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{plain}]" : plain.ToString();
    }

    /// <summary>Gives each address its one spelling.</summary>
    /// <param name="host">localhost, for example.</param>
    /// <returns>127.0.0.1; the text as it is when it is no address.</returns>
    public static string Canonical(string host) => TryParse(host)?.Text ?? host;

    /// <inheritdoc />
    public override string ToString() => Text;

    private static (NodeAddress? Address, string? Misfit) Read(string? host)
    {
        if (string.IsNullOrWhiteSpace(host))
        {
            return (null, "is empty; give an IP address or a name of this machine");
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return (Of(IPAddress.Loopback), null);
        }

        var bare = host is ['[', .. var inside, ']'] ? inside : host;
        return !IPAddress.TryParse(bare, out var parsed) ? ReadName(host)
            : MisfitOf(Plain(parsed), bare) is { } misfit ? (null, misfit)
            : (Of(Plain(parsed)), null);
    }

    private static (NodeAddress? Address, string? Misfit) ReadName(string host)
    {
        var name = host.ToLowerInvariant();
        return name.Length <= LongestName && name.Split('.') is var labels && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit)
            ? (new NodeAddress(name, null), null)
            : (null, "is neither an IP address nor a name of a machine (letters, digits, '-' and '.')");
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && label[0] != '-'
        && label[^1] != '-';

    private static string? MisfitOf(IPAddress ip, string text) =>
        ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)
            ? "means every address of this machine, but members and certificates name one; give the one by which the others reach it"
            : ip.AddressFamily == AddressFamily.InterNetworkV6
                ? ip.ScopeId != 0 || ip.IsIPv6LinkLocal
                    ? "counts on one network card only, so no certificate can name it; give another address of this machine"
                    : ip.IsIPv6Multicast ? "is an address of many; give one of this machine" : null
                : IPAddress.IsLoopback(ip) ? null
                    : ip.ToString() != text && !text.Contains(':', StringComparison.Ordinal)
                        ? "is not written in full; write an IPv4 address as four decimal numbers"
                        : ip.GetAddressBytes()[0] >= 224 ? "is an address of many, or of none; give one of this machine" : null;

    private static NodeAddress Of(IPAddress ip) => new(TextOf(ip), ip);

    private static IPAddress Plain(IPAddress ip) => ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
}
