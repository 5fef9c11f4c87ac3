using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Artifacts.Http;

/// <summary>Turns what a coordinator refuses into what a store in a folder would throw.</summary>
internal static class StoreRefusals
{
    /// <summary>Reads a refusal.</summary>
    /// <param name="response">An answer that is no success.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The exception to throw; <see cref="BrokenTransferException"/> where trying again may help.</returns>
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var problem = await ProblemAsync(response, cancellation);
        var text = problem?.Detail ?? problem?.Title ?? $"It answered with HTTP status {(int)response.StatusCode} and no explanation.";
        return problem?.Code switch
        {
            ModelCodes.Path or ModelCodes.Superseded or ModelCodes.ArtifactTooLarge or ModelCodes.NoArtifact or ModelCodes.NoUpload
                or ModelCodes.UploadOffset or ModelCodes.OtherContent => new ArtifactException(problem.Code, text),
            { } code when TroubleOf(code) is { } trouble => new StorageTroubleException(trouble, text),
            _ => Other(response, problem, text),
        };
    }

    private static Exception Other(HttpResponseMessage response, ApiProblem? problem, string text)
    {
        var address = response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority);
        return response.StatusCode switch
        {
            // A token that is replaced makes it right, as a right that is given does for a folder.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new StorageTroubleException(
                StorageTrouble.NotWritable, $"The coordinator at {address} does not let this worker in. {text}"),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests =>
                new BrokenTransferException(text),
            _ => new ArtifactException(problem?.Code ?? ProblemCodes.NotUnderstood, $"The coordinator at {address} refused: {text}"),
        };
    }

    private static StorageTrouble? TroubleOf(string code) => code switch
    {
        StorageCodes.DiskFull => StorageTrouble.DiskFull,
        StorageCodes.Locked => StorageTrouble.Locked,
        StorageCodes.NotWritable => StorageTrouble.NotWritable,
        StorageCodes.Gone => StorageTrouble.Gone,
        StorageCodes.TooManyFiles => StorageTrouble.TooManyFiles,
        StorageCodes.FileTooLarge => StorageTrouble.FileTooLarge,
        StorageCodes.DeviceFailed => StorageTrouble.DeviceFailed,
        _ => null,
    };

    private static async Task<ApiProblem?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ContractsJsonContext.Default.ApiProblem, cancellation);
        }
        catch (Exception other) when (other is JsonException or IOException or HttpRequestException)
        {
            // A proxy's own words, or an answer that was cut off: its status has to do.
            return null;
        }
    }
}
