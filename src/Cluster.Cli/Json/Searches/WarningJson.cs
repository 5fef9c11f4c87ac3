using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>Something unexpected that attempts survived: how many told it, whose attempt was the first, and when.</summary>
internal sealed record WarningJson(string Text, string? Code, int Count, string Item, DateTime FirstAt, DateTime LastAt)
{
    public static IReadOnlyList<WarningJson> Of(SearchDetail detail) => [.. (detail.Warnings ?? []).Select(Of)];

    private static WarningJson Of(WarningView warning) =>
        new(warning.Text, warning.Code, warning.Count, warning.Item.ToString(), warning.FirstAt.UtcDateTime, warning.LastAt.UtcDateTime);
}
