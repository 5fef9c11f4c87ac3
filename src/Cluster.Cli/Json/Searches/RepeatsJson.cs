using SearchCluster.Insight.Findings;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>The configurations of a search with <c>repeats</c>, best mean first; numbers are in units of the objective.</summary>
internal sealed record RepeatsJson(int Repeats, IReadOnlyList<RepeatedConfigurationJson> Configurations)
{
    public static RepeatsJson? Of(RepeatSummary? summary) => summary is null
        ? null
        : new(summary.Repeats, [.. summary.Configurations.Select(configuration => new RepeatedConfigurationJson(
            [.. configuration.Trials.Select(trial => trial.Number)],
            configuration.Missing,
            configuration.Mean,
            configuration.Deviation,
            configuration.Values.Entries))]);
}

internal sealed record RepeatedConfigurationJson(
    IReadOnlyList<int> Trials, int Missing, double Mean, double? StandardDeviation, ValueMap<ParameterValue> Parameters);
