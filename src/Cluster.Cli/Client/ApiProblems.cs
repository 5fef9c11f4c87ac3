using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Client;

/// <summary>What went wrong on the way to a coordinator, in the same form as the coordinator's own problems.</summary>
internal static class ApiProblems
{
    public const string NotReachable = ProblemCodes.NotReachable;
    public const string NotUnderstood = ProblemCodes.NotUnderstood;
    public const string NotAuthenticated = ProblemCodes.Unauthenticated;

    public static ApiProblem Unreachable(Uri coordinator, string reason) =>
        new($"The coordinator at {coordinator} cannot be reached: {SafeText.Of(reason)}", 503, NotReachable);

    public static ApiProblem Untrusted(Uri coordinator, string reason) =>
        new($"Who answers at {coordinator} does not show that it is the coordinator. {SafeText.Of(reason)}", 403, ProblemCodes.Untrusted);

    public static ApiProblem Revoked(Uri coordinator, string reason) =>
        new($"The coordinator at {coordinator} refuses this machine. {SafeText.Of(reason)}", 403, ProblemCodes.Untrusted);

    public static ApiProblem Unreadable(Uri coordinator, string reason) =>
        new($"The answer of {coordinator} cannot be read: {SafeText.Of(reason)}", 426, NotUnderstood);

    /// <summary>The next step after a problem; null when its message says it.</summary>
    public static string? Help(string code) => code switch
    {
        ProblemCodes.NameTaken =>
            "give another name with --name NAME, continue that one with searchcluster resume NAME, or remove it with searchcluster delete "
                + "NAME",
        ProblemCodes.NotFound => "searchcluster list shows the searches; --state DIR or --coordinator URL looks elsewhere",
        ProblemCodes.WrongState => "searchcluster status NAME shows where a search stands",
        NotReachable => "check the address, or start one with: searchcluster coordinator",
        NotUnderstood => "is it a SearchCluster coordinator, and of the same version? Look with: searchcluster doctor",
        NotAuthenticated =>
            "give the token with --token-file FILE, $SEARCHCLUSTER_TOKEN or $SEARCHCLUSTER_TOKEN_FILE; it lies in the coordinator's state "
                + "folder, file token",
        ProblemCodes.Forbidden =>
            "use the coordinator's machine, or one that joined for people: searchcluster token create --role client",
        _ => null,
    };

    /// <summary>Reads a problem document; other servers and proxies send none, so the status has to do.</summary>
    public static async Task<ApiProblem> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        try
        {
            if (await response.Content
                .ReadFromJsonAsync(ContractsJsonContext.Default.ApiProblem, cancellation) is { Code: not null } problem)
            {
                return problem with { Status = status };
            }
        }
        catch (JsonException)
        {
            // Not a problem document: described by its status below.
        }

        return response.StatusCode == HttpStatusCode.Unauthorized
            ? new ApiProblem("The coordinator does not accept the token.", status, NotAuthenticated)
            : new ApiProblem($"The coordinator answered with HTTP status {status} and no explanation.", status, NotUnderstood);
    }
}
