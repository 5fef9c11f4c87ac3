using SearchCluster.Search.State;
using SearchCluster.Search.View;

namespace SearchCluster.Runner;

/// <summary>What a run found.</summary>
/// <param name="Best">The trial with the best value; the earlier one of two equal ones.</param>
/// <param name="Trials">All trials, by number.</param>
/// <param name="EndReason">Why the run ended.</param>
/// <param name="Explanation">The same in a sentence.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="View">The same as samplers see it, for <c>SearchCluster.Search.Analysis</c>.</param>
public sealed record RunnerResult(
    TrialSummary Best, IReadOnlyList<TrialSummary> Trials, SearchEndReason EndReason, string Explanation, TimeSpan Elapsed, SearchView View)
{
    /// <summary>What was unexpected and survived, for example steps that were reported twice; the first 100.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One trial of a run that is over.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="State">How it ended.</param>
/// <param name="Value">What the function returned; of a trial that was stopped early what it reported last.
/// Null when there is no finite value.</param>
/// <param name="Reports">What it reported, by growing steps as the function counts them.</param>
/// <param name="Reason">Why it was stopped or failed, in a sentence; null otherwise.</param>
public sealed record TrialSummary(
    int Number, ParameterValues Values, TrialState State, double? Value, IReadOnlyList<(int Step, double Value)> Reports, string? Reason)
{
    internal static TrialSummary Of(TrialRecord trial, int offset) => new(
        trial.Id.Number,
        trial.Values,
        trial.State,
        trial.FinalObjective,
        [.. trial.Curve.Select(measurement => (measurement.Resource - offset, measurement.Metrics[RunnerSpec.Metric]))],
        trial.Failure?.Message ?? (trial.State == TrialState.StoppedEarly ? trial.Reason?.Text : null));
}
