using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>The artifacts of the state folder, for workers that do not share it. Paths stand in the query: what a path in an address means
/// is decided by servers and proxies on the way.</summary>
internal static class ArtifactApiExtensions
{
    private const string Json = "application/json";
    private const string Binary = "application/octet-stream";
    private const int HashDigits = 64;

    /// <summary>Adds the routes.</summary>
    /// <param name="api">Its prefix and its filters are theirs, too.</param>
    public static void MapArtifacts(this RouteGroupBuilder api)
    {
        var artifacts = api.MapGroup("/artifacts").WithTags("artifacts").AddEndpointFilter(new ArtifactProblemFilter())
            .RequireAuthorization(AccessPolicies.ForMembers);
        MapReading(artifacts);
        MapRemoval(artifacts);
        MapUploads(artifacts);
    }

    private static void MapReading(RouteGroupBuilder artifacts)
    {
        artifacts.MapGet(
            "",
            static async (string? path, HttpRequest request, FolderArtifactStore store, ArtifactHashes hashes, CancellationToken ct) =>
            {
                var file = Open(Checked(path), store);
                try
                {
                    var tag = new EntityTagHeaderValue($"\"{await hashes.OfAsync(file, ct)}\"");
                    RequireSame(request.GetTypedHeaders(), tag, file.Length);
                    return Results.Stream(file, Binary, entityTag: tag, enableRangeProcessing: true);
                }
                catch
                {
                    await file.DisposeAsync();
                    throw;
                }
            }).AnswersAs<byte[]>(Binary, 404, 412, 416).WithMetadata(new KnownQuery("path"));
        artifacts.MapGet("/info", static (string? path, FolderArtifactStore store) =>
        {
            using var file = Open(Checked(path), store);
            return RouteAnswers.Ok(new ArtifactView(path!, file.Length));
        }).Answers<ArtifactView>(200, 404).WithMetadata(new KnownQuery("path"));
    }

    private static void MapRemoval(RouteGroupBuilder artifacts)
    {
        artifacts.MapDelete("", static (string? path, FolderArtifactStore store) =>
        {
            store.Delete(Checked(path));
            return Results.NoContent();
        }).AnswersNothing().WithMetadata(new KnownQuery("path"));
        artifacts.MapDelete("/searches/{name}", static async (string name, FolderArtifactStore store, CancellationToken ct) =>
        {
            await store.RemoveAsync(SearchApiExtensions.Name(name), ct);
            return Results.NoContent();
        }).AnswersNothing(404);
    }

    private static void MapUploads(RouteGroupBuilder artifacts)
    {
        artifacts.MapPost("/leases", static async (HttpRequest request, FolderArtifactStore store, CancellationToken ct) =>
        {
            await store.BeginAsync(Checked(await JsonBody.ReadAsync<LeaseKey>(request, ct)), ct);
            return Results.NoContent();
        }).Accepts<LeaseKey>(Json).AnswersNothing(409, 413, 415);
        artifacts.MapPost("/uploads", static async (HttpRequest request, FolderUploads uploads, CancellationToken ct) =>
            RouteAnswers.Ok(
                uploads.Begin(Checked(await JsonBody.ReadAsync<UploadRequest>(request, ct))),
                StatusCodes.Status201Created)).Accepts<UploadRequest>(Json).Answers<UploadView>(201, 409, 413, 415);
        artifacts.MapGet("/uploads/{name}", static (string name, FolderUploads uploads) => RouteAnswers.Ok(uploads.Find(name)))
            .Answers<UploadView>(200, 404);
        artifacts.MapPut("/uploads/{name}", TakeAsync).Answers<UploadView>(200, 404, 409, 413)
            .WithMetadata(new KnownQuery("offset"));
        artifacts.MapPost("/uploads/{name}/complete", static async (string name, FolderUploads uploads, CancellationToken ct) =>
        {
            await uploads.CompleteAsync(name, ct);
            return Results.NoContent();
        }).AnswersNothing(404, 409, 422);
        artifacts.MapDelete("/uploads/{name}", static (string name, FolderUploads uploads) =>
        {
            uploads.Abandon(name);
            return Results.NoContent();
        }).AnswersNothing();
    }

    private static async Task<IResult> TakeAsync(
        string name, string? offset, HttpRequest request, FolderUploads uploads, CancellationToken cancellation)
    {
        var from = Offset(offset);
        var known = uploads.Find(name);

        // A body of JSON may have a MiB; here the upload itself says how much is to come.
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Math.Max(0, known.Bytes - from);
        return RouteAnswers.Ok(await uploads.AppendAsync(name, from, request.Body, cancellation));
    }

    // As the framework does, but with a problem document.
    private static void RequireSame(RequestHeaders headers, EntityTagHeaderValue tag, long bytes)
    {
        if (headers.IfMatch is { Count: > 0 } wanted
            && !wanted.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: true)))
        {
            throw Problems.New(
                "The artifact is another one now.",
                412,
                ProblemCodes.MalformedRequest,
                $"Its SHA-256 is {tag}, and If-Match names another.");
        }

        if (headers.Range is { Ranges: var ranges } && ranges.Any(range => range.From >= bytes))
        {
            throw Problems.New(
                "The artifact is shorter.",
                416,
                ProblemCodes.MalformedRequest,
                string.Create(CultureInfo.InvariantCulture, $"It has {bytes} bytes, and the range begins behind them."));
        }
    }

    private static FileStream Open(string path, FolderArtifactStore store) => store.OpenRead(path) as FileStream
        ?? throw new ArtifactException(ModelCodes.NoArtifact, $"There is no artifact {path}.");

    // Beside the searches the state folder holds the journal, the token and the key of the cluster.
    private static string Checked(string? path) => ArtifactPath.Check(path ?? "") is var safe
        && safe.StartsWith(ArtifactPaths.Root + "/", StringComparison.Ordinal)
            ? safe
            : ArtifactPath.Check("");

    private static LeaseKey Checked(LeaseKey lease) => lease is { Attempt: > 0, Fence: > 0 } && SearchId.IsValid(lease.SearchId.Value ?? "")
        ? lease
        : throw Problems.Parameter("The lease names no search, or attempt and fence are not above zero.");

    private static UploadRequest Checked(UploadRequest request)
    {
        Checked(request.Path);
        if (request.Lease is { } lease)
        {
            Checked(lease);
        }

        return request.Bytes < 0 ? throw Problems.Parameter("bytes is below zero.")
            : request.Sha256.Length != HashDigits || !request.Sha256.All(char.IsAsciiHexDigit)
                ? throw Problems.Parameter($"sha256 must have {HashDigits} hexadecimal digits.")
            : request;
    }

    private static long Offset(string? text) =>
        long.TryParse(text ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Problems.Parameter($"offset is \"{ForeignText.OneLine(text!, 40)}\", but must be a whole number in digits 0 to 9.");
}
