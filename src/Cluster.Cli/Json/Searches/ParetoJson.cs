using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Json.Searches;

/// <summary>The Pareto front of a search with several objectives; numbers are in units of the objectives.</summary>
internal sealed record ParetoJson(
    IReadOnlyList<ObjectiveJson> Objectives,
    IReadOnlyList<ParetoTrialJson> Trials,
    int Compared,
    double Hypervolume,
    IReadOnlyList<double> ReferencePoint)
{
    public static ParetoJson? Of(ParetoSummary? pareto) => pareto is null
        ? null
        : new(
            [.. pareto.Objectives.Select(
                objective => new ObjectiveJson(objective.Metric, Words.Of(objective.Direction), objective.Target))],
            [.. pareto.Front.Select(
                member => new ParetoTrialJson(member.Trial.TrialId.Number, member.Values, member.Trial.Values.Entries))],
            pareto.Compared,
            pareto.Hypervolume,
            pareto.Reference);
}

internal sealed record ParetoTrialJson(int Trial, IReadOnlyList<double> Objectives, ValueMap<ParameterValue> Parameters);
