using System.Security.Claims;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Http.Content;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>The data sets of the state folder, for workers that do not have them; and those that who submits sends there. Files are named
/// by their hash, so no path is looked up that somebody sent.</summary>
internal static class DataApiExtensions
{
    private const string Json = "application/json";

    /// <summary>Adds the routes.</summary>
    /// <param name="api">Its prefix and its filters are theirs, too.</param>
    public static void MapData(this RouteGroupBuilder api)
    {
        var data = api.MapGroup("").WithTags("data").AddEndpointFilter(new ArtifactProblemFilter());
        var forMembers = data.MapGroup("").RequireAuthorization(AccessPolicies.ForMembers);
        forMembers.MapGet("/datasets/{name}", static (string name, DataShelf shelf) => RouteAnswers.Ok(shelf.View(name)))
            .Answers<DataSetView>(200, 404, 409);
        forMembers.MapGet(
            "/datasets/{name}/files",
            static async (
                string name, string? sha256, HttpRequest request, DataShelf shelf, ArtifactHashes hashes, CancellationToken ct) =>
            {
                var wanted = UploadRoutes.Hash(sha256, "sha256");
                var (content, path) = shelf.Open(name, wanted);
                return await HashedContent.OfAsync(content, request, hashes, ct, found => RequireRegistered(name, path, wanted, found));
            }).AnswersAs<byte[]>(HashedContent.Binary, 404, 409, 412, 416).WithMetadata(new KnownQuery("sha256"));
        data.MapPost("/datasets", static async (HttpRequest request, DataIntake intake, CancellationToken ct) =>
            RouteAnswers.Ok(intake.Offer(Checked(await JsonBody.ReadAsync<DataOffer>(request, ct)))))
            .Accepts<DataOffer>(Json).Answers<DataOfferView>(200, 409, 413, 415, 422);
        data.MapUploads<DataUploads>("/data-uploads");
    }

    private static void RequireRegistered(string name, string path, string wanted, string found)
    {
        if (found != wanted)
        {
            throw new ArtifactException(
                DataCodes.OtherBytes,
                $"File '{ForeignText.OneLine(path, 100)}' of data set '{name}' has SHA-256 {found} now, but {wanted} was registered. Bring "
                    + "it back, or register the data again with --replace.");
        }
    }

    private static DataOffer Checked(DataOffer offer) => SearchId.IsValid(offer.Name)
        ? offer with { List = UploadRoutes.Hash(offer.List, "list") }
        : throw Problems.Parameter($"The name of a data set has {SearchId.Rule}.");
}

/// <summary>Uploads of data, of which each file has its hash as its path.</summary>
/// <param name="intake">Takes them.</param>
internal sealed class DataUploads(DataIntake intake) : IUploadPlace
{
    public static int[] Refusals { get; } = [];

    public FolderUploads Uploads => intake.Uploads;

    public Task RequireAsync(UploadRequest upload, ClaimsPrincipal who, CancellationToken cancellation) => upload.Path == upload.Sha256
        ? Task.CompletedTask
        : throw Problems.Parameter("path must be the sha256 of the file, in lower case.");
}
