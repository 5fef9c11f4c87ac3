using Microsoft.AspNetCore.Connections;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Http;

/// <summary>Turns what the store refuses, or its disk, into problem documents.</summary>
internal sealed class ArtifactProblemFilter : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (ArtifactException refused)
        {
            throw Problems.New(TitleOf(refused.Code), StatusOf(refused.Code), refused.Code, refused.Message);
        }
        catch (Exception cut) when (cut is ConnectionResetException or OperationCanceledException
            || request.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer: the connection was cut, or its client sends the same part over another one.
            request.Abort();
            return Results.Empty;
        }
        catch (Exception failure) when (TroubleOf(failure) is not null)
        {
            var folder = request.RequestServices.GetRequiredService<CoordinatorOptions>().StateFolder;
            var trouble = TroubleOf(failure)!.Value;
            throw Problems.New(
                "The coordinator's store cannot be used.",
                StatusCodes.Status503ServiceUnavailable,
                StorageText.CodeOf(trouble),
                failure is StorageTroubleException ? failure.Message : StorageText.Sentence(trouble, $"The state folder {folder.Root}"));
        }
    }

    private static StorageTrouble? TroubleOf(Exception failure) =>
        failure is UnauthorizedAccessException ? StorageTrouble.NotWritable : StorageTroubles.Of(failure);

    private static int StatusOf(string code) => code switch
    {
        ModelCodes.NoArtifact or ModelCodes.NoUpload or DataCodes.NotRegistered or DataCodes.CannotOpen => StatusCodes.Status404NotFound,
        ModelCodes.Superseded or ModelCodes.UploadOffset
            or DataCodes.OtherBytes or DataCodes.NameTaken or DataCodes.RegistrationDamaged => StatusCodes.Status409Conflict,
        ModelCodes.ArtifactTooLarge => StatusCodes.Status413PayloadTooLarge,
        ModelCodes.OtherContent or DataCodes.UnsafePath => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string TitleOf(string code) => code switch
    {
        ModelCodes.NoArtifact => "There is no such artifact.",
        ModelCodes.NoUpload => "There is no such upload.",
        ModelCodes.Superseded => "A later attempt has begun.",
        ModelCodes.UploadOffset => "The upload goes on at another place.",
        ModelCodes.ArtifactTooLarge => "The artifact is too large.",
        DataCodes.NotRegistered => "There is no such data set.",
        DataCodes.CannotOpen => "The data are not there.",
        DataCodes.OtherBytes => "The data are others now.",
        DataCodes.NameTaken => "The name is taken.",
        DataCodes.RegistrationDamaged => "The registration is damaged.",
        DataCodes.UnsafePath => "The list of files cannot be used.",
        ModelCodes.OtherContent => "The content is not what was announced.",
        _ => "The path is no artifact's.",
    };
}
