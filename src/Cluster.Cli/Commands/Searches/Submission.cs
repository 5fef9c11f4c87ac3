using System.Diagnostics;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Submits a spec under the root span of the search's trace.</summary>
internal static class Submission
{
    public static async Task<SearchDetail> SubmitAsync(
        ISearchService service, SpecInput input, string onDuplicate, CancellationToken cancellation)
    {
        using var span = SearchClusterTelemetry.StartSpan(SpanNames.Submit, traceParent: null, ActivityKind.Client);
        var request = new SubmitRequest(input.Text, input.FileName, input.Overrides, onDuplicate, span?.Id);
        try
        {
            var detail = await service.SubmitAsync(request, cancellation);
            span?.SetTag("searchcluster.search", detail.SearchId.Value);
            return detail;
        }
        catch (SearchServiceException exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Problem.Code);
            throw;
        }
    }

    /// <summary>A name that is probably free.</summary>
    public static string FreeName(SearchId taken)
    {
        var stem = taken.Value.Length > SearchId.MaximumLength - 2 ? taken.Value[..(SearchId.MaximumLength - 2)] : taken.Value;
        return stem + "-2";
    }
}
