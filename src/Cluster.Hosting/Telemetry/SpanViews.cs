using System.Diagnostics;
using System.Globalization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Turns spans into the records that are kept and shown.</summary>
internal static class SpanViews
{
    private const string LinkPrefix = "link.";
    private const string StatusDescription = "status.description";

    /// <summary>Copies what is kept of a span: links become attributes <c>link.0</c> … in W3C form, of
    /// exceptions the last one is kept.</summary>
    /// <param name="span">An ended span.</param>
    /// <param name="service">Name of the process.</param>
    /// <returns>The record.</returns>
    public static SpanView Of(Activity span, string service) => new(
        span.SpanId.ToHexString(),
        span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
        span.DisplayName,
        service,
        new DateTimeOffset(span.StartTimeUtc),
        span.Duration,
        span.Status == ActivityStatusCode.Error,
        Attributes(span),
        span.TraceId.ToHexString());

    private static ValueMap<string> Attributes(Activity span)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in span.TagObjects)
        {
            attributes[name] = Text(value);
        }

        foreach (var (name, value) in span.Events.Where(e => e.Name == "exception").SelectMany(e => e.Tags))
        {
            attributes[name] = Text(value);
        }

        if (span.StatusDescription is { Length: > 0 } description)
        {
            attributes[StatusDescription] = description;
        }

        var number = 0;
        foreach (var link in span.Links)
        {
            attributes[LinkPrefix
                + number++.ToString(CultureInfo.InvariantCulture)] = $"00-{link.Context.TraceId}-{link.Context.SpanId}-01";
        }

        return new ValueMap<string>(attributes);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
