#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of certificates, and of machines that join a cluster.</summary>
[ErrorFamily("Certificates and joining")]
public static class SecurityCodes
{
    [ErrorDescription(
        "The certificate or the key of this machine cannot be used: missing, unreadable, readable by others, expired, or not a pair.",
        "Do what the message says about the file that it names, or join the cluster again with a new token.")]
    public const string IdentityUnusable = "SC6030";

    [ErrorDescription(
        "The authority of a cluster, or a list that it keeps, cannot be used: missing, unreadable, readable by others, or expired.",
        "Do what the message says about the file that it names.")]
    public const string AuthorityUnusable = "SC6031";

    [ErrorDescription(
        "A certificate cannot be issued as asked for: the signing request, the name or a host is not what it should be.",
        "Correct what the message names, and ask again.")]
    public const string NotCertified = "SC6032";

    [ErrorDescription(
        "A token for joining is not accepted: mistyped, of another cluster, expired, used up, or revoked.",
        "Make a new one on the coordinator's machine: searchcluster token create.")]
    public const string TokenRefused = "SC6033";

    [ErrorDescription(
        "There is no such certificate, or no such token for joining.", "See searchcluster certs show and searchcluster token list.")]
    public const string NotIssued = "SC6034";

    [ErrorDescription(
        "A certificate is not renewed: it is of another cluster, expired or revoked, or whoever sent it does not have its key.",
        "Let the machine join again with a new token: searchcluster token create on the coordinator's machine.")]
    public const string NotRenewed = "SC6035";

    [ErrorDescription(
        "Too many attempts to join failed from one address.", "Wait for a minute, then try again with the right token.")]
    public const string TooManyAttempts = "SC6036";

    [ErrorDescription(
        "Who answers at the address of a coordinator belongs to another cluster than the token for joining, or is no coordinator.",
        "Give address and token as searchcluster token create prints them.")]
    public const string OtherAuthority = "SC6037";

    [ErrorDescription(
        "The clock of this machine and that of the coordinator differ by so much that certificates would not be valid on both.",
        "Set the clocks of both machines right, best by NTP, and join again.")]
    public const string ClocksDiffer = "SC6038";
}
