using System.Net.Security;

namespace SearchCluster.Artifacts.Http;

/// <summary>How a store is reached over HTTP.</summary>
public sealed record HttpStoreOptions
{
    /// <summary>Address of the coordinator's HTTP API; asked for each request, since another start may have another port.</summary>
    public required Func<Uri> Address { get; init; }

    /// <summary>The token that opens it; null for none. Asked for each request, since it may be replaced.</summary>
    public required Func<string?> Token { get; init; }

    /// <summary>How TLS is spoken where the address begins with https. Default: as the machine trusts.</summary>
    public SslClientAuthenticationOptions Tls { get; init; } = new();

    /// <summary>A folder for content on its way; made when needed. Nothing stays there.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a store may bring nothing on until a call fails. Default 2 min: a coordinator that is started anew is no reason to
    /// end an attempt.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A connection on which nothing moves for so long counts as cut. Default 30 s.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that are sent in one request. Default 8 MiB: what is cut off is known to half of that on average.</summary>
    public int PartBytes { get; init; } = 8 << 20;

    /// <summary>Most bytes of one artifact. Default <see cref="ArtifactLimits.Bytes"/>, as the coordinator has it.</summary>
    public long MaximumBytes { get; init; } = ArtifactLimits.Bytes;
}
