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

        try
        {
            // The server limits how much that is.
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var json = new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
            var type = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
            return (JsonFault.Find(json.Span, HttpLimits.JsonDepth) ?? JsonMisfit.Find(WithoutMark(json.Span), type)) is { } fault
                ? throw Malformed($"Line {fault.Line}, column {fault.Column}: {fault.Message}; {fault.Help}.")
                : JsonSerializer.Deserialize(WithoutMark(json.Span), type)
                    ?? throw Malformed("The body is null, but must be a JSON object.");
        }
        catch (JsonException malformed)
        {
            var place = malformed.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"Line {line + 1}, column {(malformed.BytePositionInLine ?? 0) + 1}: ")
                : "";
            throw Malformed(place + JsonMisfit.Describe(malformed));
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

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static SearchServiceException Malformed(string detail) =>
        Problems.New("The body cannot be read.", 400, ProblemCodes.MalformedBody, detail);
}
