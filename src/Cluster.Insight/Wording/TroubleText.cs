using System.Globalization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Wording;

/// <summary>Tells what keeps searches from going on at the moment.</summary>
public static class TroubleText
{
    /// <summary>Since when and why.</summary>
    /// <param name="detail">The search.</param>
    /// <returns>For example <c>waits since 10:02:03: The journal … its disk is full. Make room …</c>; null when
    /// nothing is in its way.</returns>
    public static string? Of(SearchDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return Of(detail.Trouble, detail.TroubleSince);
    }

    /// <summary>The same of all searches.</summary>
    /// <param name="trouble">What is in their way, or null.</param>
    /// <param name="since">Since when, or null.</param>
    /// <returns>Text without control characters; null when nothing is in their way.</returns>
    public static string? Of(string? trouble, DateTimeOffset? since) =>
        trouble is null ? null : $"{Brief(since)}: {SafeText.Of(trouble)}";

    /// <summary>That it waits, for one line among others.</summary>
    /// <param name="since">Since when, or null.</param>
    /// <returns>For example <c>waits since 10:02:03</c>.</returns>
    public static string Brief(DateTimeOffset? since) => since is { } begun
        ? $"waits since {TimeZoneInfo.ConvertTime(begun, TimeZoneInfo.Local).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}"
        : "waits";
}
