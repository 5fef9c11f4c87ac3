using Amazon.Runtime;

namespace SearchCluster.Artifacts.S3;

/// <summary>How a store of objects is reached.</summary>
public sealed record S3StoreOptions
{
    private static readonly string[] EndpointVariables = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];

    /// <summary>Bucket and prefix.</summary>
    public required S3Location Location { get; init; }

    /// <summary>A folder of this machine for content on its way; made when needed. Nothing stays there.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Address of the server; null for Amazon's in the region that the environment names. Its buckets stand in the path.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Region of the server; null for what the environment names.</summary>
    public string? Region { get; init; }

    /// <summary>Who calls; null for whom the environment names, as Amazon's tools look for it: variables, profiles, roles of
    /// machines.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Bytes of one part of a large artifact. Default 16 MiB, at least 5 MiB.</summary>
    public int PartBytes { get; init; } = 16 << 20;

    /// <summary>How often one request is sent again after a failure that may pass. Default 5, with growing pauses: some 10 s.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Most bytes of one artifact. Default <see cref="ArtifactLimits.Bytes"/>.</summary>
    public long MaximumBytes { get; init; } = ArtifactLimits.Bytes;

    /// <summary>Who calls, as the environment says.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <returns>From <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and, if it is set, <c>AWS_SESSION_TOKEN</c>; null where the
    /// first two are not set.</returns>
    public static AWSCredentials? CredentialsOf(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN")) switch
        {
            ({ Length: > 0 } key, { Length: > 0 } secret, { Length: > 0 } token) => new SessionAWSCredentials(key, secret, token),
            ({ Length: > 0 } key, { Length: > 0 } secret, _) => new BasicAWSCredentials(key, secret),
            _ => null,
        };
    }

    /// <summary>Where the server is, as the environment says.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <returns>From <c>AWS_ENDPOINT_URL_S3</c> or <c>AWS_ENDPOINT_URL</c>; null where neither is set.</returns>
    public static string? EndpointOf(Func<string, string?> variable) => EndpointVariables.Select(variable).FirstOrDefault(
        text => !string.IsNullOrEmpty(text));
}
