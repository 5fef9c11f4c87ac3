using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>What happened to one trial and why, in sentences.</summary>
public sealed class TrialStory(SearchData data, TrialView trial, TrialRank rank)
{
    private readonly string _unit = ResultLevel.UnitOf(data.Spec);

    /// <summary>In one line: how it ended, and who suggested it.</summary>
    public string Summary => $"{Ending()}; {DecisionText.OriginOf(trial)}";

    /// <summary>In full, in order of time.</summary>
    public IReadOnlyList<string> Sentences =>
        [
            Suggestion(),
            .. Explanation(),
            Values(),
            .. Attempts(),
            .. Decisions(),
            .. Losses(),
            .. Failure(),
            Outcome(),
            .. CutOff(),
            .. Model(),
        ];

    private string Ending() => trial switch
    {
        { State: TrialState.Waiting } => "waits for a worker",
        { State: TrialState.Running } => $"runs{At(trial.Latest?.Resource)} on worker {Worker()}",
        { State: TrialState.Skipped, Attempts: > 0 } => "ended without a result, because the search ended",
        { State: TrialState.Skipped } => "never started, because the search ended first",
        { State: TrialState.Failed } => $"failed: {SafeText.Of(trial.Failure?.Message.TrimEnd('.') ?? "without a message")}",
        _ when LastDecision(trial.State) is { } decision =>
            $"{DecisionText.Past(decision.Action)}{At(decision.Resource)}: {DecisionText.Of(decision.Reason)}",
        { State: TrialState.Paused } => $"paused{At(trial.Latest?.Resource)}",
        { Cut: not null } => $"was {ResultLevel.Cut(trial, _unit)}, because the search ended",
        { State: TrialState.StoppedEarly } => $"stopped{At(trial.Result?.LastResource)}, because the search ended",
        { TrainingStop: TrainingStop.Patience } => $"ended{At(trial.Result?.LastResource)}, because patience ran out",
        { TrainingStop: TrainingStop.ResourceLimit } =>
            $"ended{At(trial.Result?.LastResource)}, the resource level that the scheduler asked for",
        _ => $"trained to its end{At(trial.Result?.LastResource)}",
    };

    /// <summary>The scheduler's decision that led to a state; null when it was not the scheduler's.</summary>
    private TrialDecision? LastDecision(TrialState state) =>
        (state, trial.Decisions is { Count: > 0 } decisions ? decisions[^1] : null) switch
        {
            (TrialState.StoppedEarly, { Action: TrialDecisionKind.Stop } stop) => stop,
            (TrialState.Paused, { Action: TrialDecisionKind.Pause } pause) => pause,
            _ => null,
        };

    private string Suggestion()
    {
        var origin = trial.Origin;
        var prediction = origin.Prediction is { } expected ? $": {DecisionText.Of(expected)}" : string.Empty;
        return $"It was suggested by {SafeText.Of(origin.Source)}, with {Known(origin)} and {origin.Pending} pending{prediction}.";
    }

    private string Known(SuggestionOrigin origin)
    {
        var own = Format.Count(origin.Observed, "finished trial");
        return origin.Earlier == 0 || data.Spec.WarmStart is not { } warmStart
            ? $"{own} known"
            : $"{Format.Count(origin.Earlier, "trial")} of search {SafeText.Of(warmStart.From.Value)} and {own} of its own known,";
    }

    private IEnumerable<string> Explanation() => trial.Origin.Explanation is { } explanation ? [SafeText.Of(explanation)] : [];

    private string Values()
    {
        var fraction = trial.DataFraction is { } share ? $", on {Format.Percent(share)} of the training data" : string.Empty;
        return trial.Lineage is [var first, ..]
            ? $"Its first values: {List(first.Before)}{fraction}."
            : $"Its values: {List(trial.Values)}{fraction}.";
    }

    private IEnumerable<string> Attempts()
    {
        if (trial.StartedAt is { } started)
        {
            var attempts = trial.Attempts == 1 ? "one attempt" : $"{trial.Attempts} attempts";
            yield return $"It started {Durations.Of(started - trial.SuggestedAt)} after that and took {attempts}, the last on worker "
                + $"{Worker()}.";
        }
    }

    private IEnumerable<string> Decisions()
    {
        var decisions = (trial.Decisions ?? []).Select(decision => (
            decision.Resource,
            Text: $"At {_unit} {decision.Resource} it was {DecisionText.Past(decision.Action)}: {DecisionText.InFull(decision.Reason)}."));
        var steps = (trial.Lineage ?? []).ToList();
        var lineage = steps.Select((step, number) => (
            step.Resource,
            Text: $"At {_unit} {step.Resource} it took over the weights and values of {step.From}, and went on with them changed: "
                + $"{List(number + 1 < steps.Count ? steps[number + 1].Before : trial.LastValues ?? trial.Values)}."));
        return decisions.Concat(lineage).OrderBy(step => step.Resource).Select(step => step.Text);
    }

    // A loss says no more than the failure itself where there is only one.
    private IEnumerable<string> Losses()
    {
        if (trial.Losses is not { Count: > 0 } losses)
        {
            yield break;
        }

        // The loss that it was given up for is its failure.
        var when = trial is { State: TrialState.Failed, Failure.Kind: TrialFailureKind.WorkerLost } ? "Before its last attempt it" : "It";
        var shared = losses.Where(loss => !loss.IsAlone).Select(loss => loss.How).ToList();
        if (shared.Count > 0)
        {
            yield return $"{when} lost the process of its worker {Times(shared.Count)} while others ran, or may have run, in it, which is "
                + $"charged to nobody: {Ways(shared)}.";
        }

        var alone = losses.Where(loss => loss.IsAlone).Select(loss => loss.How).ToList();
        if (alone.Count > 0)
        {
            yield return $"{when} lost that process {Times(alone.Count)} with nothing else in it, which counts against retry.max: "
                + $"{Ways(alone)}.";
        }

        if (shared.Count > 1 && trial.State == TrialState.Waiting)
        {
            yield return "It runs alone in a process next.";
        }
    }

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Ways(IEnumerable<string> ways) => string.Join("; ", ways.Distinct(StringComparer.Ordinal).Select(SafeText.Of));

    private string[] CutOff() =>
        trial.Cut is null || rank.Rank is null ? [] : [$"It {Ending()}: its value is that of a part of its training."];

    private IEnumerable<string> Failure() => trial.Failure is { } failure
        ? [$"Its last failure: {SafeText.Of(failure.Message.TrimEnd('.'))} ({Words.Of(failure.Kind)})."]
        : [];

    private string Outcome()
    {
        if (rank.Rank is not { } place || trial.Objective is not { } objective || rank.Best is not { } best)
        {
            return $"It has no final result: it {(trial.State is TrialState.Completed ? "ended without a finite objective" : Ending())}.";
        }

        var reached = trial.Result is { } result ? ResultLevel.Clause(result, data.Spec) : string.Empty;
        var leader = place == 1 ? "the best" : $"rank {place}";
        var other = place == 1 ? string.Empty : $"; the best is {best.TrialId} with {Format.Number(best.Objective ?? double.NaN)}";
        return $"Its {SafeText.Of(data.Metric)} is {Format.Number(objective)}{reached}: {leader} of {Format.Count(rank.Ranked, "trial")} "
            + $"with a result{other}.{Seeds()}";
    }

    private string Seeds() => trial.Configuration is { } all && SeedText.OfOne(trial) is { } seeds
        ? $" It is {seeds}. Configurations rank by that mean, "
                + (all.IsComplete
                    ? "and their trials among each other by their own value."
                    : "this one behind all that have every result.")
        : string.Empty;

    // Where no trial has one, the workload saves none, and there is nothing to tell.
    private IEnumerable<string> Model() =>
        trial.Result is { HasModel: false } && data.Trials.Any(other => other.Result is { HasModel: true })
            ? [$"It has no model to take away: {ModelText.WhyNone(trial, othersHave: true)}."]
            : [];

    private string Worker() => SafeText.Of(trial.WorkerId?.Value ?? "unknown");

    private string At(int? level) => level is { } number ? $" at {_unit} {number}" : string.Empty;

    private static string List(ParameterValues values) =>
        string.Join(", ", values.Entries.Select(entry => $"{SafeText.Of(entry.Key)} {Format.Value(entry.Value)}"));
}
