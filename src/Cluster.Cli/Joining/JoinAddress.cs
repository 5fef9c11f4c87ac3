using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Joining;

/// <summary>Where machines join: the HTTP address of a coordinator on a network.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Port">Its port.</param>
internal sealed record JoinAddress(NodeAddress Host, int Port)
{
    public const string Rule = "HOST or HOST:PORT of a coordinator, for example 10.0.0.5:8642";

    private const string Scheme = "https://";

    /// <summary>The address, to call it.</summary>
    public Uri Url => new(ToUrl(), UriKind.Absolute);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Reads one.</summary>
    /// <param name="text">With or without a port, also as the URL that the coordinator prints; a token for joining is none.</param>
    /// <param name="address">What it means.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JoinAddress? address)
    {
        var bare = (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text).TrimEnd('/');
        var colon = bare.LastIndexOf(':');
        var hasPort = colon > 0 && (bare[0] != '[' || bare[colon - 1] == ']') && (bare[0] == '[' || bare.IndexOf(':') == colon);
        var port = CoordinatorDefaults.HttpPort;
        var isPort = !hasPort
            || (int.TryParse(bare.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is > 0 and <= ushort.MaxValue);
        address = isPort && !text.StartsWith(JoinToken.Prefix + ".", StringComparison.Ordinal) && NodeAddress.TryParse(hasPort ? bare[..colon] : bare) is { } host ? new JoinAddress(host, port) : null;
        return address is not null;
    }

    private string ToUrl() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Host}:{Port}");
}
