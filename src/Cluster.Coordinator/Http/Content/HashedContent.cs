using System.Globalization;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using SearchCluster.Artifacts;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http.Content;

/// <summary>A file as an answer that goes on where it was cut: its tag is its SHA-256.</summary>
internal static class HashedContent
{
    /// <summary>MIME type of bytes.</summary>
    public const string Binary = "application/octet-stream";

    /// <summary>Answers with an artifact, or with the part of it that is asked for.</summary>
    /// <param name="found">At its beginning; disposed with the answer.</param>
    /// <param name="request">May name a range, and which content is meant.</param>
    /// <param name="hashes">Remember what was hashed.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<IResult> OfAsync(
        ServedContent found, HttpRequest request, ArtifactHashes hashes, CancellationToken cancellation) => found.Sha256 is { } known
        ? OfAsync(found.Content, _ => Task.FromResult(known), request, cancellation)
        : OfAsync((FileStream)found.Content, request, hashes, cancellation);

    /// <summary>Answers with a file, or with the part of it that is asked for.</summary>
    /// <param name="file">At its beginning; disposed with the answer.</param>
    /// <param name="request">May name a range, and which content is meant.</param>
    /// <param name="hashes">Remember what was hashed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="check">Called with the hash before anything is sent; null for nothing.</param>
    public static Task<IResult> OfAsync(
        FileStream file, HttpRequest request, ArtifactHashes hashes, CancellationToken cancellation, Action<string>? check = null)
    {
        return OfAsync(file, HashedAsync, request, cancellation);

        async Task<string> HashedAsync(CancellationToken token)
        {
            var hash = await hashes.OfAsync(file, token);
            check?.Invoke(hash);
            return hash;
        }
    }

    private static async Task<IResult> OfAsync(
        Stream file, Func<CancellationToken, Task<string>> hashed, HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var hash = await hashed(cancellation);
            var tag = new EntityTagHeaderValue($"\"{hash}\"");
            RequireSame(request.GetTypedHeaders(), tag, file.Length);
            return Results.Stream(file, Binary, entityTag: tag, enableRangeProcessing: true);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
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
}
