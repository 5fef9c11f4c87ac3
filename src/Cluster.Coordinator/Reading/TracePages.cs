using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Coordinator.Reading;

/// <summary>Pages of the trace of a search.</summary>
internal static class TracePages
{
    /// <summary>Reads one.</summary>
    /// <param name="state">Where the spans lie.</param>
    /// <param name="query">Which page.</param>
    /// <param name="traceId">The search's; null where it has none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SearchServiceException">There is no trace, or no such page.</exception>
    public static TraceView Read(StateFolder state, TraceQuery query, string? traceId, CancellationToken cancellation)
    {
        if (query.Limit is < 1 or > TraceQuery.MostSpans)
        {
            throw Problems.Parameter(string.Create(
                CultureInfo.InvariantCulture, $"limit is {query.Limit}, but must be 1 to {TraceQuery.MostSpans}."));
        }

        if (query.After is not null && !TraceReader.IsPlace(query.After))
        {
            throw Problems.Parameter(
                $"after is \"{ForeignText.OneLine(query.After, 60)}\", but must be what next of the page before says; leave it out for the "
                    + "first page.");
        }

        var page = TraceReader.Read(state, traceId ?? throw Problems.NoTrace(query.SearchId), query.After, query.Limit, cancellation);
        return new(query.SearchId, traceId, page.Spans.ToValueArray(), page.Unreadable, page.Next);
    }
}
