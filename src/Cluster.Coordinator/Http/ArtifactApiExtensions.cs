using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Http.Content;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>The artifacts of the cluster, for workers that do not share their folder. Paths stand in the query: what a path in an address
/// means is decided by servers and proxies on the way.</summary>
internal static class ArtifactApiExtensions
{
    private const string Json = "application/json";

    /// <summary>Adds the routes.</summary>
    /// <param name="api">Its prefix and its filters are theirs, too.</param>
    public static void MapArtifacts(this RouteGroupBuilder api)
    {
        var artifacts = api.MapGroup("/artifacts").WithTags("artifacts").AddEndpointFilter(new ArtifactProblemFilter());
        var forMembers = artifacts.MapGroup("").RequireAuthorization(AccessPolicies.ForMembers);
        MapReading(forMembers);
        MapWriting(forMembers);
        MapRemoval(artifacts);
        artifacts.MapGet(
            "/files",
            static async (string? path, IServedStore store, ArtifactHashes hashes, CancellationToken ct) =>
                RouteAnswers.Ok(await ArtifactLists.OfAsync(Checked(path), store, hashes, ct)))
            .Answers<ArtifactList>(200, 404).WithMetadata(new KnownQuery("path"));
    }

    private static void MapReading(RouteGroupBuilder artifacts)
    {
        artifacts.MapGet(
            "",
            static async (string? path, HttpRequest request, IServedStore store, ArtifactHashes hashes, CancellationToken ct) =>
                await HashedContent.OfAsync(await FindAsync(Checked(path), store, ct), request, hashes, ct))
            .AnswersAs<byte[]>(HashedContent.Binary, 404, 412, 416).WithMetadata(new KnownQuery("path"));
        artifacts.MapGet("/info", static async (string? path, IServedStore store, CancellationToken ct) =>
        {
            var found = await FindAsync(Checked(path), store, ct);
            await found.Content.DisposeAsync();
            return RouteAnswers.Ok(new ArtifactView(path!, found.Bytes));
        }).Answers<ArtifactView>(200, 404).WithMetadata(new KnownQuery("path"));
    }

    private static void MapRemoval(RouteGroupBuilder artifacts)
    {
        artifacts.MapDelete("", static async (string? path, IServedStore store, CancellationToken ct) =>
        {
            await store.DeleteAsync(Checked(path), ct);
            return Results.NoContent();
        }).AnswersNothing().WithMetadata(new KnownQuery("path"));
        artifacts.MapDelete("/searches/{name}", static async (string name, IServedStore store, CancellationToken ct) =>
        {
            await store.RemoveAsync(SearchApiExtensions.Name(name), ct);
            return Results.NoContent();
        }).AnswersNothing(404);
    }

    private static void MapWriting(RouteGroupBuilder artifacts)
    {
        artifacts.MapPost(
            "/leases",
            static async (HttpRequest request, IServedStore store, MemberWrites members, CancellationToken ct) =>
            {
                var lease = Checked(await JsonBody.ReadAsync<LeaseKey>(request, ct));
                await members.RequireAsync(request.HttpContext.User, lease, path: null, ct);
                await store.BeginAsync(lease, ct);
                return Results.NoContent();
            }).Accepts<LeaseKey>(Json).AnswersNothing(409, 413, 415);
        artifacts.MapUploads<ArtifactUploads>("/uploads");
    }

    internal static async Task<ServedContent> FindAsync(string path, IServedStore store, CancellationToken cancellation) =>
        await store.FindAsync(path, cancellation)
        ?? throw new ArtifactException(ModelCodes.NoArtifact, $"There is no artifact {path}.");

    // Beside the searches the state folder holds the journal, the token and the key of the cluster.
    internal static string Checked(string? path) => ArtifactPath.Check(path ?? "") is var safe
        && safe.StartsWith(ArtifactPaths.Root + "/", StringComparison.Ordinal)
            ? safe
            : ArtifactPath.Check("");

    internal static LeaseKey Checked(LeaseKey lease) =>
        lease is { Attempt: > 0, Fence: > 0 } && SearchId.IsValid(lease.SearchId.Value ?? "")
            ? lease
            : throw Problems.Parameter("The lease names no search, or attempt and fence are not above zero.");
}
