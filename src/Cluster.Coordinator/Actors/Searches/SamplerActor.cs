using System.Diagnostics;
using Akka.Actor;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Search.Sampling;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Proposes configurations on a thread of the pool, so that neither the search nor other actors wait
/// for a sampler that computes.</summary>
/// <remarks>The search asks again only after it has its answer, so one proposal runs at a time and the sampler
/// is never entered twice.</remarks>
internal sealed class SamplerActor(SearchSpec spec, CoordinatorSettings settings) : UntypedActor
{
    private ISampler? _sampler;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LocalMessages.Propose propose:
                settings.Background(() => Suggest(propose)).PipeTo(
                    Context.Parent,
                    Self,
                    failure: error => new LocalMessages.SamplerFailed(
                        propose.First, $"The sampler \"{spec.Algorithm.Type}\" failed: {error.GetBaseException().Message}"));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private SearchCommands.RecordSuggestions Suggest(LocalMessages.Propose propose)
    {
        using var span = propose.TraceParent is null ? null : SearchClusterTelemetry.StartSpan(SpanNames.Suggest, propose.TraceParent);
        span?.SetTag(SearchClusterMetrics.SearchTag, spec.Name.Value).SetTag("searchcluster.trial.first", propose.First.Number);
        try
        {
            _sampler ??= settings.Samplers(spec);
            var started = settings.Clock.GetTimestamp();
            var batch = _sampler.Suggest(propose.View, new SuggestionContext(propose.First, propose.Count, spec.Seed));
            SearchClusterMetrics.SuggestDuration.Record(
                settings.Clock.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>(SearchClusterMetrics.AlgorithmTag, spec.Algorithm.Type));
            span?.SetTag("searchcluster.suggestions", batch.Suggestions.Length);
            return new SearchCommands.RecordSuggestions(
                spec.Name, propose.First, new ValueArray<Suggestion>(batch.Suggestions), batch.Exhausted, batch.Narrowing);
        }
        catch (Exception thrown)
        {
            span?.SetStatus(ActivityStatusCode.Error, thrown.Message);
            throw;
        }
    }
}
