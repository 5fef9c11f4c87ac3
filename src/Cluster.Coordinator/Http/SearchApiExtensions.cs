using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Coordinator.Service;
using SearchCluster.Insight.Status;

namespace SearchCluster.Coordinator.Http;

/// <summary>The HTTP API.</summary>
public static class SearchApiExtensions
{
    private const string Json = "application/json";
    private const string Plain = "text/plain";
    private static readonly TimeSpan ReadinessTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Adds all routes and what guards them.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapSearchApi(this WebApplication app)
    {
        app.UseExceptionHandler(static _ => { });
        app.Use(new RequestGuard(app.Services.GetRequiredService<HttpHosts>()).CheckAsync);
        app.UseStatusCodePages(static status => HttpProblems.WriteAsync(status.HttpContext, HttpProblems.OfStatus(status.HttpContext)));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();

        var api = app.MapGroup("/api/v1").WithTags("searches").AddEndpointFilter(new KnownQueryFilter());
        MapQueries(api);
        MapCommands(api);
        MapWorkers(api);
        api.MapArtifacts();
        api.MapData();
        app.MapJoinApi();
        app.MapGet("/healthz/live", static () => Results.Text("live")).AllowAnonymous().WithTags("health");
        app.MapGet("/healthz/ready", Ready).WithTags("health").Answers<SearchManagerProtocol.ManagerReady>();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    private static void MapQueries(RouteGroupBuilder api)
    {
        api.MapGet("/searches", static async (ISearchService service, CancellationToken ct) => Ok(await service.ListAsync(ct)))
            .Answers<SearchList>();
        api.MapGet("/searches/{name}", static async (string name, ISearchService service, CancellationToken ct) =>
            Ok(await service.GetAsync(Name(name), ct))).Answers<SearchDetail>(200, 404, 409);
        api.MapGet(
            "/searches/{name}/trials",
            static async (string name, string? from, string? limit, string? curve, ISearchService service, CancellationToken ct) =>
                Ok(await service.GetTrialsAsync(
                    new(
                        Name(name),
                        Number("from", from, 0, 0, int.MaxValue),
                        Number("limit", limit, HttpLimits.DefaultTrials, 1, HttpLimits.MostTrials),
                        Truth("curve", curve)),
                    ct)))
                .Answers<TrialPage>(200, 404, 409)
                .WithMetadata(new KnownQuery("from", "limit", "curve"));
        api.MapGet("/searches/{name}/spec", static async (string name, ISearchService service, CancellationToken ct) =>
            Ok(await service.GetSpecAsync(Name(name), ct))).Answers<SearchSpecView>(200, 404, 409);
        api.MapGet(
            "/searches/{name}/trace",
            static async (string name, string? after, string? limit, ISearchService service, CancellationToken ct) =>
                Ok(await service.GetTraceAsync(
                    new(Name(name), after, Number("limit", limit, TraceQuery.DefaultSpans, 1, TraceQuery.MostSpans)), ct)))
                .Answers<TraceView>(200, 404, 409)
                .WithMetadata(new KnownQuery("after", "limit"));
        api.MapGet(
            "/searches/{name}/report",
            static async (string name, ISearchService service, CoordinatorOptions options, CancellationToken ct) =>
                Results.Text(await SearchReport.ReadAsync(service, Name(name), options.StateFolder.SharedRoot, ct), Plain, Encoding.UTF8))
                .AnswersAs<string>(Plain, 404, 409);
        api.MapGet("/cluster", static async (ISearchService service, CancellationToken ct) => Ok(await service.GetClusterAsync(ct)))
            .RequireAuthorization(AccessPolicies.ForMembers)
            .Answers<ClusterView>();
    }

    private static void MapCommands(RouteGroupBuilder api)
    {
        api.MapPost("/searches", static async (HttpRequest request, ISearchService service, CancellationToken ct) =>
        {
            var detail = await service.SubmitAsync(await JsonBody.ReadAsync<SubmitRequest>(request, ct), ct);
            request.HttpContext.Response.Headers.Location = $"/api/v1/searches/{detail.SearchId}";
            return Results.Json(detail, HttpJson.Writing<SearchDetail>(), statusCode: StatusCodes.Status201Created);
        }).Accepts<SubmitRequest>(Json).Answers<SearchDetail>(StatusCodes.Status201Created, 409, 413, 415, 422);
        api.MapDelete("/searches/{name}", static async (string name, ISearchService service, CancellationToken ct) =>
            Ok(await service.DeleteAsync(Name(name), ct))).Answers<SearchReplies.SearchRemoved>(200, 404, 409);
        api.MapPost("/searches/{name}/pause", static async (string name, ISearchService service, CancellationToken ct) =>
            Ok(await service.PauseAsync(Name(name), ct))).Answers<SearchReplies.CommandAccepted>(200, 404, 409);
        api.MapPost(
            "/searches/{name}/resume",
            static async (string name, HttpRequest request, ISearchService service, CancellationToken ct) =>
                Ok(await service.ResumeAsync(Name(name), await JsonBody.ReadOrAsync(request, new ResumeRequest(), ct), ct)))
                .Accepts<ResumeRequest>(true, Json)
                .Answers<SearchReplies.CommandAccepted>(200, 404, 409, 413, 415, 422);
        api.MapPost(
            "/searches/{name}/priority",
            static async (string name, HttpRequest request, ISearchService service, CancellationToken ct) =>
                Ok(await service.PrioritiseAsync(Name(name), await JsonBody.ReadAsync<PriorityRequest>(request, ct), ct)))
                .Accepts<PriorityRequest>(Json)
                .Answers<SearchReplies.CommandAccepted>(200, 404, 409, 413, 415, 422);
        api.MapPost(
            "/searches/{name}/stop",
            static async (string name, HttpRequest request, ISearchService service, CancellationToken ct) =>
                Ok(await service.StopAsync(Name(name), await JsonBody.ReadOrAsync(request, new StopRequest(), ct), ct)))
                .Accepts<StopRequest>(true, Json)
                .Answers<SearchReplies.CommandAccepted>(200, 404, 409, 413, 415);
    }

    private static void MapWorkers(RouteGroupBuilder api)
    {
        api.MapPost(
            "/workers/{name}/drain",
            static async (string name, HttpRequest request, ISearchService service, CancellationToken ct) =>
            {
                await MemberDrains.RequireAsync(request.HttpContext.User, Worker(name), service, ct);
                return Ok(await service.DrainAsync(Worker(name), await JsonBody.ReadOrAsync(request, new DrainRequest(), ct), ct));
            })
                .RequireAuthorization(AccessPolicies.ForMembers)
                .Accepts<DrainRequest>(true, Json)
                .Answers<WorkerView>(200, 404, 413, 415);
        api.MapDelete(
            "/workers/{name}/drain",
            static async (string name, HttpRequest request, ISearchService service, CancellationToken ct) =>
            {
                await MemberDrains.RequireAsync(request.HttpContext.User, Worker(name), service, ct);
                return Ok(await service.UndrainAsync(Worker(name), ct));
            }).RequireAuthorization(AccessPolicies.ForMembers).Answers<WorkerView>(200, 404);
    }

    private static async Task<IResult> Ready(ManagerClient manager, CancellationToken ct) =>
        Ok(await manager.AskAsync<SearchManagerProtocol.ManagerReady>(new SearchManagerProtocol.GetReadiness(), ReadinessTimeout, ct));

    private static IResult Ok<T>(T value) => RouteAnswers.Ok(value);

    /// <summary>Reads the name of a search.</summary>
    /// <returns>The name.</returns>
    internal static SearchId Name(string text) => SearchId.IsValid(text)
        ? new SearchId(text)
        : throw Problems.New("There is no such search.", 404, ProblemCodes.NotFound, $"A search's name has {SearchId.Rule}.");

    private static WorkerId Worker(string text) => WorkerId.IsValid(text) ? new WorkerId(text) : throw Problems.NoWorkerName();

    private static int Number(string parameter, string? text, int absent, int least, int most) => text switch
    {
        null => absent,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most =>
            number,
        _ => throw Problems.Parameter(string.Create(
            CultureInfo.InvariantCulture,
            $"{parameter} is \"{ForeignText.OneLine(text, 40)}\", but must be a whole number from {least} to {most}, in digits 0 to 9.")),
    };

    private static bool Truth(string parameter, string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Problems.Parameter($"{parameter} is \"{ForeignText.OneLine(text, 40)}\", but must be true or false."),
    };
}
