#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of refusals by a coordinator, and of the way to it.</summary>
[ErrorFamily("Coordinator and its API")]
public static class ProblemCodes
{
    [ErrorDescription("There is no such search.", "See searchcluster list.")]
    public const string NotFound = "SC4004";

    [ErrorDescription("A search of this name exists.", "Take another name, or continue the one that exists.")]
    public const string NameTaken = "SC4009";

    [ErrorDescription("The command does not fit where the search stands.", "See searchcluster status NAME.")]
    public const string WrongState = "SC4010";

    [ErrorDescription("A value is outside its range.", "Give a value in the range that the message names.")]
    public const string OutOfRange = "SC4022";

    [ErrorDescription("The search has no trace.", "Traces are kept in the state folder of the processes that took part.")]
    public const string NoTrace = "SC4024";

    [ErrorDescription("There is no such worker, or machine of the cluster.", "See searchcluster nodes.")]
    public const string NoSuchWorker = "SC4025";

    [ErrorDescription(
        "A worker cannot forget that it was drained.", "Make its folder writable, as the message says, then try again.")]
    public const string WorkerStaysDrained = "SC4026";

    [ErrorDescription("An unexpected failure of the coordinator: a bug.", "Report it with the coordinator's log.")]
    public const string Unexpected = "SC5000";

    [ErrorDescription("The coordinator cannot be reached.", "Check the address, or start one: searchcluster coordinator.")]
    public const string NotReachable = "SC5001";

    [ErrorDescription(
        "No coordinator runs for this state folder.", "Start one: searchcluster coordinator; or run the search here: searchcluster run.")]
    public const string NoCoordinator = "SC5002";

    [ErrorDescription(
        "The journal cannot be written or read.",
        "Do what the message says about its disk, lock or rights; the coordinator goes on by itself.")]
    public const string JournalUnavailable = "SC5003";

    [ErrorDescription("The searches did not answer in time, or are still being recovered.", "Try again in a moment.")]
    public const string NotReady = "SC5004";

    [ErrorDescription("A coordinator or worker did not start.", "Do what the message says; searchcluster doctor tells more.")]
    public const string NotHosted = "SC5005";

    [ErrorDescription(
        "The answer of the server is none of a SearchCluster coordinator of this version.",
        "Check the address, and the versions with searchcluster doctor.")]
    public const string NotUnderstood = "SC5006";

    [ErrorDescription(
        "The time of --timeout is up: no answer came, or the work is not done.",
        "Give more time; a search that was running goes on with searchcluster resume NAME.")]
    public const string TimedOut = "SC5007";

    [ErrorDescription(
        "This coordinator stands by: another one has the searches.",
        "Ask the one that the answer names (active); clients and workers that know several addresses do so by themselves.")]
    public const string StandingBy = "SC5008";

    [ErrorDescription(
        "This coordinator ended because another one has taken over, or may do so any moment.",
        "Start it again: it stands by then. launch and systemd do so by themselves.")]
    public const string CoordinatorSuperseded = "SC5009";

    [ErrorDescription(
        "Another coordinator has the journal in PostgreSQL, and this process cannot stand by for it.",
        "Do what the message says: use that coordinator, or give this one the same shared folder (--shared).")]
    public const string JournalHeld = "SC5010";

    [ErrorDescription(
        "No token, or none that is accepted.",
        "Give it with --token-file, $SEARCHCLUSTER_TOKEN or $SEARCHCLUSTER_TOKEN_FILE; it lies in the coordinator's state folder, file "
            + "token.")]
    public const string Unauthenticated = "SC6001";

    [ErrorDescription("A token was sent in the URL.", "Send it in the Authorization header.")]
    public const string TokenInUrl = "SC6002";

    [ErrorDescription("What was shown, a token or a certificate, does not allow this.", "Send the coordinator's token.")]
    public const string Forbidden = "SC6003";

    [ErrorDescription(
        "A coordinator or worker does not have the key of its cluster: there is none, it cannot be read, or it is another one.",
        "Give worker and coordinator one state folder (--state), and run both as the user who owns it. A damaged key: delete the file, "
            + "then start the coordinator, which makes a new one, and after it the workers.")]
    public const string NoKey = "SC6020";

    [ErrorDescription(
        "Two processes on a network do not accept each other: a certificate is of another cluster, of another host, expired or revoked, or "
            + "one of the two listens on loopback.",
        "Do what the message says; where it is the other process that refuses, its log says why. docs/security.md tells how a machine gets "
            + "a certificate.")]
    public const string Untrusted = "SC6021";

    [ErrorDescription("There is no such route.", "docs/http-api.md lists them.")]
    public const string NoRoute = "SC6004";

    [ErrorDescription("The route does not take this method.", "docs/http-api.md lists them.")]
    public const string MethodNotAllowed = "SC6005";

    [ErrorDescription("The Host header names another host.", "Use the address that the coordinator listens on.")]
    public const string ForeignHost = "SC6006";

    [ErrorDescription("The Origin header names another site.", "Call the API from the coordinator's own pages or from a program.")]
    public const string ForeignOrigin = "SC6007";

    [ErrorDescription("The body is not the JSON that it should be.", "docs/http-api.md shows it.")]
    public const string MalformedBody = "SC6010";

    [ErrorDescription("A parameter of the URL or the body is not what it should be.", "Correct the one that the message names.")]
    public const string MalformedParameter = "SC6011";

    [ErrorDescription("The body is too large.", "Send less.")]
    public const string BodyTooLarge = "SC6013";

    [ErrorDescription("The body is not declared as JSON.", "Send Content-Type: application/json.")]
    public const string NotJson = "SC6015";

    [ErrorDescription("The request breaks HTTP.", "Use an HTTP client.")]
    public const string MalformedRequest = "SC6019";
}
