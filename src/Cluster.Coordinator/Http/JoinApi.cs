using Microsoft.Net.Http.Headers;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Service;
using SearchCluster.Hosting.Membership;

namespace SearchCluster.Coordinator.Http;

/// <summary>The routes by which a machine becomes a member, and stays one. They need no token of the API: a token for joining, or the key
/// of a certificate, is asked for instead.</summary>
internal static class JoinApi
{
    private const string Json = "application/json";
    private const string Pem = "application/x-pem-file";
    private const string Problem = "application/problem+json";
    private const string Bearer = TokenAuthenticationHandler.Bearer + " ";

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application.</param>
    public static void MapJoinApi(this WebApplication app)
    {
        var join = app.MapGroup("/join").WithTags("joining").AllowAnonymous().AddEndpointFilter(new KnownQueryFilter());
        join.MapGet("/authority", static (HttpResponse response, JoinDesk desk) =>
        {
            // So that who joins can compare before it sends anything.
            response.Headers[JoinClient.VersionHeader] = ProductVersion.Current;
            return Results.Text(desk.Authority(), Pem);
        }).Produces<string>(StatusCodes.Status200OK, Pem).Refuses(404);

        // Not Accepts: what it answers to another type of body belongs to no route, and would ask strangers for the token of the API.
        join.MapPost("/certificate", static async (HttpRequest request, JoinDesk desk, CancellationToken ct) =>
            Ok(desk.Admit(
                request.HttpContext.Connection.RemoteIpAddress,
                TokenOf(request),
                await JsonBody.ReadAsync<JoinRequest>(request, ct))))
            .Produces<JoinGrant>(StatusCodes.Status200OK, Json).Refuses(401, 404, 413, 415, 422, 429);
        join.MapPost("/renewal", static async (HttpRequest request, JoinDesk desk, CancellationToken ct) =>
            Ok(desk.Renew(
                request.HttpContext.Connection.RemoteIpAddress, await JsonBody.ReadAsync<RenewalRequest>(request, ct))))
            .Produces<JoinGrant>(StatusCodes.Status200OK, Json).Refuses(401, 404, 413, 415, 422, 429);
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization].ToString() is var header
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..]
            : null;

    private static IResult Ok(JoinGrant grant) => Results.Json(grant, HttpJson.Writing<JoinGrant>());

    private static void Refuses(this RouteHandlerBuilder route, params int[] refusals)
    {
        int[] everywhere = [400, 403, 414, 431, 503];
        foreach (var refusal in everywhere.Concat(refusals).Order())
        {
            route.Produces<ApiProblem>(refusal, Problem);
        }
    }
}
