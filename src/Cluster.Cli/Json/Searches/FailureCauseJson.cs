using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>Failed trials that have one cause, with the first of them.</summary>
internal sealed record FailureCauseJson(string Kind, string? Exception, int Count, int FirstTrial, string Message)
{
    public static IReadOnlyList<FailureCauseJson> Of(SearchDetail detail) =>
        [.. (detail.Failures ?? []).Select(
            cause => new FailureCauseJson(Words.Of(cause.Kind), cause.Exception, cause.Count, cause.FirstTrial.Number, cause.Message))];
}
