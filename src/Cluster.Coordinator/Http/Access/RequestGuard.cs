using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>Refuses requests that a web page or a careless client could be behind: foreign hosts and origins, tokens in the URL.</summary>
/// <param name="hosts">What a request may name.</param>
internal sealed class RequestGuard(HttpHosts hosts)
{
    private static readonly string[] SecretParameters = ["token", "access_token", "api_key", "t"];

    /// <summary>Checks a request before anybody looks at its token.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What comes next.</param>
    /// <returns>When answered.</returns>
    public Task CheckAsync(HttpContext context, RequestDelegate next) => Violation(context.Request) is { } problem
        ? HttpProblems.WriteAsync(context, problem)
        : next(context);

    private ApiProblem? Violation(HttpRequest request)
    {
        if (request.Path.Value?.Length + request.QueryString.Value?.Length > HttpLimits.AddressLength)
        {
            return HttpProblems.AddressTooLong;
        }

        if (request.Headers.Sum(header => header.Value.Count) > HttpLimits.Headers
            || request.Headers.Sum(header => header.Value.Sum(value => (long)header.Key.Length + (value?.Length ?? 0)))
                > HttpLimits.HeaderLength)
        {
            return HttpProblems.HeadersTooLarge;
        }

        if (!hosts.Include(request.Host.Host))
        {
            return new(
                "The Host header names another host.",
                400,
                ProblemCodes.ForeignHost,
                $"This coordinator answers to {hosts.Description}.");
        }

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && hosts.Include(uri.Host)))
        {
            return new("The Origin header names another site.", 403, ProblemCodes.ForeignOrigin);
        }

        return SecretParameters.Any(request.Query.ContainsKey)
            ? new(
                "A token does not belong in the URL.",
                400,
                ProblemCodes.TokenInUrl,
                "URLs are logged. Send it in the header \"Authorization: Bearer ...\".")
            : null;
    }
}
