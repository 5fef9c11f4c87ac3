using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Coordinator.Http;

/// <summary>Says of a route what it answers, for the OpenAPI document.</summary>
internal static class RouteAnswers
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>The route answers with JSON.</summary>
    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder route, int status = StatusCodes.Status200OK, params int[] refusals) =>
        route.Produces<T>(status, Json).Refuses(refusals);

    /// <summary>The route answers with something else.</summary>
    public static RouteHandlerBuilder AnswersAs<T>(this RouteHandlerBuilder route, string contentType, params int[] refusals) =>
        route.Produces<T>(StatusCodes.Status200OK, contentType).Refuses(refusals);

    /// <summary>The route answers without a body.</summary>
    public static RouteHandlerBuilder AnswersNothing(this RouteHandlerBuilder route, params int[] refusals) =>
        route.Produces(StatusCodes.Status204NoContent).Refuses(refusals);

    /// <summary>An answer of JSON.</summary>
    public static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, HttpJson.Writing<T>(), statusCode: status);

    // Each of them occurs on the route; a test brings all of them about.
    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int[] refusals)
    {
        int[] everywhere =
        [
            StatusCodes.Status400BadRequest,
            StatusCodes.Status401Unauthorized,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status414UriTooLong,
            StatusCodes.Status431RequestHeaderFieldsTooLarge,
            StatusCodes.Status503ServiceUnavailable,
        ];
        foreach (var refusal in everywhere.Concat(refusals).Order())
        {
            route.Produces<ApiProblem>(refusal, Problem);
        }

        return route;
    }
}
