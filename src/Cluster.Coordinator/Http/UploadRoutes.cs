using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>Files that come in parts: the same routes for artifacts and for data.</summary>
internal static class UploadRoutes
{
    private const string Json = "application/json";

    /// <summary>Adds the routes.</summary>
    /// <typeparam name="T">Where the files go.</typeparam>
    /// <param name="group">Its prefix and its filters are theirs, too.</param>
    /// <param name="prefix">Of all of them.</param>
    public static void MapUploads<T>(this RouteGroupBuilder group, string prefix)
        where T : class, IUploadPlace
    {
        group.MapPost(prefix, static async (HttpRequest request, T place, CancellationToken ct) =>
        {
            var upload = WithHash(await JsonBody.ReadAsync<UploadRequest>(request, ct));
            await place.RequireAsync(upload, request.HttpContext.User, ct);
            return RouteAnswers.Ok(place.Uploads.Begin(upload), StatusCodes.Status201Created);
        }).Accepts<UploadRequest>(Json).Answers<UploadView>(201, [.. T.Refusals, 413, 415]);
        group.MapGet(prefix + "/{name}", static (string name, T place) => RouteAnswers.Ok(place.Uploads.Find(name)))
            .Answers<UploadView>(200, 404);
        group.MapPut(
            prefix + "/{name}",
            static (string name, string? offset, HttpRequest request, T place, CancellationToken ct) =>
                TakeAsync(name, offset, request, place.Uploads, ct)).Answers<UploadView>(200, 404, 409, 413)
            .WithMetadata(new KnownQuery("offset"));
        group.MapPost(prefix + "/{name}/complete", static async (string name, T place, CancellationToken ct) =>
        {
            await place.Uploads.CompleteAsync(name, ct);
            return Results.NoContent();
        }).AnswersNothing(404, 409, 422);
        group.MapDelete(prefix + "/{name}", static (string name, T place) =>
        {
            place.Uploads.Abandon(name);
            return Results.NoContent();
        }).AnswersNothing();
    }

    /// <summary>Refuses what is no SHA-256.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="name">Of the field or the parameter.</param>
    public static string Hash(string? text, string name) => text is { Length: DataIdentity.HashDigits } && text.All(char.IsAsciiHexDigit)
        ? text.ToLowerInvariant()
        : throw Problems.Parameter($"{name} must have {DataIdentity.HashDigits} hexadecimal digits.");

    private static UploadRequest WithHash(UploadRequest request) => request.Bytes < 0
        ? throw Problems.Parameter("bytes is below zero.")
        : request with { Sha256 = Hash(request.Sha256, "sha256") };

    private static async Task<IResult> TakeAsync(
        string name, string? offset, HttpRequest request, FolderUploads uploads, CancellationToken cancellation)
    {
        var from = Offset(offset);
        var known = uploads.Find(name);

        // A body of JSON may have a MiB; here the upload itself says how much is to come.
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = Math.Max(0, known.Bytes - from);
        return RouteAnswers.Ok(await uploads.AppendAsync(name, from, request.Body, cancellation));
    }

    private static long Offset(string? text) =>
        long.TryParse(text ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Problems.Parameter($"offset is \"{ForeignText.OneLine(text!, 40)}\", but must be a whole number in digits 0 to 9.");
}

/// <summary>Where files that come in parts go.</summary>
internal interface IUploadPlace
{
    /// <summary>Statuses of refusals that only this place has.</summary>
    static abstract int[] Refusals { get; }

    /// <summary>Takes the parts.</summary>
    FolderUploads Uploads { get; }

    /// <summary>Refuses what does not belong there.</summary>
    /// <param name="upload">As it was asked for; its hash is one.</param>
    /// <param name="who">Behind the request.</param>
    /// <param name="cancellation">Gives up.</param>
    Task RequireAsync(UploadRequest upload, ClaimsPrincipal who, CancellationToken cancellation);
}

/// <summary>Uploads of artifacts.</summary>
/// <param name="uploads">Those of the state folder.</param>
/// <param name="members">What members may write.</param>
internal sealed class ArtifactUploads(FolderUploads uploads, MemberWrites members) : IUploadPlace
{
    public static int[] Refusals { get; } = [StatusCodes.Status409Conflict];

    public FolderUploads Uploads => uploads;

    public Task RequireAsync(UploadRequest upload, ClaimsPrincipal who, CancellationToken cancellation)
    {
        ArtifactApiExtensions.Checked(upload.Path);
        if (upload.Lease is { } lease)
        {
            ArtifactApiExtensions.Checked(lease);
        }

        return members.RequireAsync(who, upload.Lease, upload.Path, cancellation);
    }
}
