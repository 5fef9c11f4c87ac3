using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>Reads JSON bodies strictly: no unknown or repeated members, no missing ones, limited depth; errors
/// name line and column.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Options = new(ContractsJsonContext.Default.Options)
    {
        TypeInfoResolver = ContractsJsonContext.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = HttpLimits.JsonDepth,
    };

    /// <summary>Reads a body that must be there.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="request">Refused where its body is not declared as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The body.</returns>
    /// <exception cref="SearchServiceException">It is not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw Problems.New(
                "The body is not declared as JSON.", 415, ProblemCodes.NotJson, "Send it with \"Content-Type: application/json\".");
        }

        // The server limits how much that is.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var json = new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
        var type = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
        if ((JsonFault.Find(json.Span, HttpLimits.JsonDepth) ?? JsonMisfit.Find(JsonFault.WithoutMark(json.Span), type)) is { } fault)
        {
            throw Malformed(fault);
        }

        try
        {
            return JsonSerializer.Deserialize(JsonFault.WithoutMark(json.Span), type)!;
        }
        catch (JsonException refused)
        {
            throw Malformed(JsonMisfit.Of(json.Span, type, refused, "the body"));
        }
    }

    /// <summary>Reads a body that may be left out.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="request">Its body may be absent.</param>
    /// <param name="absent">What a request without a body means.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The body.</returns>
    public static Task<T> ReadOrAsync<T>(HttpRequest request, T absent, CancellationToken cancellationToken) =>
        request.ContentLength is 0 or null && request.Headers.TransferEncoding.Count == 0
            ? Task.FromResult(absent)
            : ReadAsync<T>(request, cancellationToken);

    private static SearchServiceException Malformed(JsonFault fault) => Problems.New(
        "The body cannot be read.",
        400,
        ProblemCodes.MalformedBody,
        string.Create(CultureInfo.InvariantCulture, $"Line {fault.Line}, column {fault.Column}: {fault.Message}; {fault.Help}."));
}
