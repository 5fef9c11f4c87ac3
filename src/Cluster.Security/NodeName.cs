using System.Net;

namespace SearchCluster.Security;

/// <summary>What a certificate may be issued for: names of members and of their machines.</summary>
public static class NodeName
{
    /// <summary>Longest name, in characters: that of a common name in a certificate.</summary>
    public const int MaximumLength = 64;

    /// <summary>What a name has, as the end of a sentence.</summary>
    public const string Rule = "1 to 64 of letters, digits, '-', '_', '.' and ':'";

    /// <summary>Most hosts of one certificate.</summary>
    public const int MostHosts = 16;

    private const int LongestHost = 253;
    private const int LongestLabel = 63;

    /// <summary>Tells whether a text is a name.</summary>
    /// <param name="text">Null and empty are none.</param>
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= MaximumLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');

    /// <summary>Tells whether a text names one machine: an address, or a host without wildcards.</summary>
    /// <param name="text">Null and empty are none.</param>
    public static bool IsHost(string? text) =>
        text is { Length: >= 1 and <= LongestHost }
        && (IsAddress(text, out _) || (!text.All(c => char.IsAsciiDigit(c) || c == '.') && text.Split('.').All(IsLabel)));

    /// <summary>Reads an address; one with a scope, or in a short form such as <c>10.1</c>, is none.</summary>
    internal static bool IsAddress(string text, out IPAddress address)
    {
        var isAddress = IPAddress.TryParse(text, out var parsed)
            && !text.Contains('%', StringComparison.Ordinal)
            && (text.Contains(':', StringComparison.Ordinal) || parsed.ToString() == text);
        address = isAddress ? parsed! : IPAddress.None;
        if (isAddress && address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return isAddress;
    }

    private static bool IsLabel(string label) =>
        label is { Length: >= 1 and <= LongestLabel }
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
