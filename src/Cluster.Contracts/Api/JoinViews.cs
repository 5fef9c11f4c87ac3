namespace SearchCluster.Contracts.Api;

/// <summary>Body of a request to join a cluster.</summary>
/// <param name="Request">The signing request, in PEM form; the key that it belongs to stays on the machine.</param>
/// <param name="Name">Of the member to be.</param>
/// <param name="Hosts">Names and addresses by which other members call the machine; may be empty.</param>
public sealed record JoinRequest(string Request, string Name, ValueArray<string> Hosts);

/// <summary>Body of a request for a new certificate.</summary>
/// <param name="Certificate">The one that the member has, in PEM form.</param>
/// <param name="Request">The signing request for a new key, in PEM form.</param>
/// <param name="Signature">By the key of the certificate over the request, in base64.</param>
public sealed record RenewalRequest(string Certificate, string Request, string Signature);

/// <summary>What a machine gets that joins a cluster, or renews its certificate.</summary>
/// <param name="Certificate">Its certificate, in PEM form.</param>
/// <param name="Authorities">Certificates of all authorities that members trust, in PEM form.</param>
/// <param name="Name">The name in the certificate.</param>
/// <param name="Role">The role in the certificate: coordinator, worker or client.</param>
/// <param name="Version">Version of the coordinator, which that of a worker has to equal.</param>
/// <param name="At">The coordinator's clock.</param>
/// <param name="ClusterAddress">Where workers connect to, <c>host:port</c>; null where the coordinator takes none.</param>
public sealed record JoinGrant(
    string Certificate,
    string Authorities,
    string Name,
    string Role,
    string Version,
    DateTimeOffset At,
    string? ClusterAddress = null);
