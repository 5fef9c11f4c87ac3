using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;

namespace SearchCluster.Insight.Findings;

/// <summary>What a search found beside its best trial.</summary>
/// <param name="Pareto">The Pareto front; null for a search with one objective.</param>
/// <param name="Repeats">The configurations by their mean; null for a search that evaluates each once.</param>
/// <param name="Data">What its models learned from; null for a search without data.</param>
public sealed record SearchFindings(ParetoSummary? Pareto, RepeatSummary? Repeats, DataSpec? Data = null)
{
    /// <summary>Reads the findings of a search; the trials are read only where a finding needs them.</summary>
    /// <param name="service">Where the search is.</param>
    /// <param name="search">Its name there.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<SearchFindings> ReadAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        var spec = (await service.GetSpecAsync(search, cancellation)).Spec;
        var objectives = spec.Objectives is { Count: > 1 } several ? several : null;
        if (objectives is null && spec.Repeats is null)
        {
            return new(null, null, spec.Data);
        }

        var trials = await TrialReader.ReadAllAsync(service, search, cancellation);
        return new(objectives is null
            ? null
            : ParetoSummary.Of(objectives, trials), spec.Repeats is null ? null : RepeatSummary.Of(spec, trials), spec.Data);
    }
}
