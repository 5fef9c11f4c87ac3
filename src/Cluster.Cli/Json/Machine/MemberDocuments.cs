using System.Text.Json.Serialization;
using SearchCluster.Security;
using SearchCluster.Security.Certificates;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Json.Machine;

/// <summary><c>token create</c>: the one place that shows the secret. <c>join</c> is what to type on another machine; left out where nobody
/// knows the coordinator's address yet.</summary>
internal sealed record TokenDocument(
    string Token,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Join,
    JoinTokenJson About)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/token@1";
}

/// <summary>What lets other machines join a launch that listens; it holds a secret.</summary>
internal sealed record InvitationDocument(string Join, int Uses)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/invitation@1";
}

/// <summary><c>join</c>: what this machine is now. <c>isNew</c> is false where it was that before.</summary>
internal sealed record JoinDocument(
    bool IsNew, string Name, string Role, string Url, string? ClusterAddress, DateTime ExpiresAt, string State)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/join@1";
}

/// <summary><c>token list</c>.</summary>
internal sealed record TokenListDocument(IReadOnlyList<JoinTokenJson> Tokens)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/tokens@1";
}

/// <summary>A token for joining. <c>state</c> is usable, used-up, expired or revoked.</summary>
internal sealed record JoinTokenJson(
    string Id, string Role, int Uses, int UsesLeft, DateTime CreatedAt, DateTime ExpiresAt, string State)
{
    public static JoinTokenJson Of(JoinTokenEntry entry, DateTimeOffset now) => new(
        entry.Id,
        entry.Role,
        entry.Uses,
        entry.UsesLeft,
        entry.Created.UtcDateTime,
        entry.Expires.UtcDateTime,
        entry.Revoked is not null ? "revoked" : now >= entry.Expires ? "expired" : entry.UsesLeft <= 0 ? "used-up" : "usable");
}

/// <summary><c>certs show</c>. What is not in this state folder is left out.</summary>
internal sealed record CertificatesDocument(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuthorityJson? Authority,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CertificateJson? Own,
    IReadOnlyList<CertificateJson> Members)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/certificates@1";
}

internal sealed record AuthorityJson(string Fingerprint, DateTime ExpiresAt, string Folder);

internal sealed record CertificateJson(
    string Name,
    string Role,
    string Serial,
    IReadOnlyList<string> Hosts,
    DateTime ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? IssuedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? RevokedAt = null)
{
    public static CertificateJson Of(NodeIdentity identity) => new(
        identity.Name, NodeRoles.Word(identity.Role), identity.Serial, identity.Hosts, identity.Expires.UtcDateTime);

    public static CertificateJson Of(IssuedCertificate entry, DateTime? revokedAt) => new(
        entry.Name,
        entry.Role,
        entry.Serial,
        entry.Hosts,
        entry.Expires.UtcDateTime,
        entry.Issued.UtcDateTime,
        revokedAt);
}

/// <summary><c>token revoke</c> and <c>certs revoke</c>: ids or serial numbers that were not revoked before.</summary>
internal sealed record RevokedDocument(IReadOnlyList<string> Revoked)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/revoked@1";
}
