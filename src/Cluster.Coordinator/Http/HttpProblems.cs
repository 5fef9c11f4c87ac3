using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>Writes every refusal as a problem document (RFC 9457) with a stable code.</summary>
internal static class HttpProblems
{
    private const string ContentType = "application/problem+json";
    private const string RetryAfterSeconds = "5";
    private const string RetryAfterManySeconds = "60";

    /// <summary>Writes a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">What went wrong.</param>
    /// <returns>When written.</returns>
    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ContentType;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }
        else if (problem.Status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = RetryAfterManySeconds;
        }

        await JsonSerializer.SerializeAsync(
            context.Response.Body, problem, ContractsJsonContext.Default.ApiProblem, context.RequestAborted);
    }

    /// <summary>The address is longer than any that there is.</summary>
    public static ApiProblem AddressTooLong { get; } = new(
        "The address is too long.",
        414,
        ProblemCodes.MalformedRequest,
        $"Path and query have at most {HttpLimits.AddressLength} characters. GET /openapi/v1.json lists all addresses.");

    /// <summary>The headers are more, or longer, than any request needs.</summary>
    public static ApiProblem HeadersTooLarge { get; } = new(
        "The headers are too large.",
        431,
        ProblemCodes.MalformedRequest,
        $"At most {HttpLimits.Headers} headers with {HttpLimits.HeaderLength} characters in all are read.");

    /// <summary>The problem behind a status that the framework set by itself.</summary>
    /// <param name="context">The request.</param>
    public static ApiProblem OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        401 => Unauthenticated(context.Features.Get<RefusedToken>()),
        403 => new("Not allowed.", 403, ProblemCodes.Forbidden),
        404 => new("There is no such address.", 404, ProblemCodes.NoRoute, "GET /openapi/v1.json lists all."),
        405 => new(
            "The address does not take this method.",
            405,
            ProblemCodes.MethodNotAllowed,
            $"It takes {context.Response.Headers.Allow}."),
        414 => AddressTooLong,
        431 => HeadersTooLarge,
        413 => new("The body is too large.", 413, ProblemCodes.BodyTooLarge, $"At most {HttpLimits.BodyBytes} bytes are read."),
        415 => new("The body is not declared as JSON.", 415, ProblemCodes.NotJson, "Send it with \"Content-Type: application/json\"."),
        var status and >= 500 => new("Unexpected failure.", status, ProblemCodes.Unexpected, "The coordinator's log has the details."),
        var status => new("The request cannot be read.", status, ProblemCodes.MalformedRequest),
    };

    private static ApiProblem Unauthenticated(RefusedToken? refused) => new(
        refused?.Title ?? "A token is needed.",
        401,
        ProblemCodes.Unauthenticated,
        (refused is null ? "The request has no Authorization header." : refused.Detail)
            + " Send the token of the state folder (the file \"token\") in the header \"Authorization: Bearer ...\".");
}
