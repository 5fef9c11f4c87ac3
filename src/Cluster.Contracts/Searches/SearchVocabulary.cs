using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Searches;

/// <summary>Where a search stands.</summary>
public enum SearchLifecycle
{
    /// <summary>Trials run or may start.</summary>
    Running,

    /// <summary>A person paused it.</summary>
    Paused,

    /// <summary>No new trials start; the running ones end and the ensemble is built.</summary>
    Finishing,

    /// <summary>Over, with at least one usable trial.</summary>
    Completed,

    /// <summary>Over because a person stopped it.</summary>
    Stopped,

    /// <summary>Over without a usable trial, over its failure budget, or misconfigured.</summary>
    Failed,

    /// <summary>Its journal cannot be read to its end, so it stands still; shown only, never written.</summary>
    Damaged,

    /// <summary>It is not over, but no coordinator holds its journal, so nothing trains until it is resumed;
    /// shown only, never written.</summary>
    Interrupted,
}

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Waits for a worker.</summary>
    Waiting,

    /// <summary>An attempt runs.</summary>
    Running,

    /// <summary>The scheduler paused it; its checkpoint waits for promotion.</summary>
    Paused,

    /// <summary>Over: training ended by itself.</summary>
    Completed,

    /// <summary>Over: the scheduler or the end of the search stopped it; its best result counts.</summary>
    StoppedEarly,

    /// <summary>Over: no usable result.</summary>
    Failed,

    /// <summary>Suggested, but the search ended before it started.</summary>
    Skipped,
}

/// <summary>Why an attempt ended without finishing its item.</summary>
public enum AttemptEnd
{
    /// <summary>Its lease ran out, or its worker's process restarted; a failure where nothing else ran in that process.</summary>
    Lost,

    /// <summary>It failed and will be tried again.</summary>
    Failed,

    /// <summary>Its worker shut down in order and gave it back; it does not count as a failure.</summary>
    Released,

    /// <summary>The scheduler paused the trial.</summary>
    Paused,

    /// <summary>The search was paused.</summary>
    SearchPaused,
}

/// <summary>Why a search ends.</summary>
public enum SearchEndReason
{
    /// <summary>All trials of the budget are done.</summary>
    Trials,

    /// <summary>Running time is used up.</summary>
    Time,

    /// <summary>Device time is used up.</summary>
    DeviceTime,

    /// <summary>All epochs of the budget are spent.</summary>
    Epochs,

    /// <summary>Too many finished trials in a row without a new best.</summary>
    NoImprovement,

    /// <summary>More trials failed than the budget allows.</summary>
    Failures,

    /// <summary>A trial reached the target; with <c>repeats</c> the mean of a configuration did.</summary>
    TargetReached,

    /// <summary>The space holds no further configuration.</summary>
    SpaceExhausted,

    /// <summary>A person stopped it.</summary>
    StoppedByUser,

    /// <summary>The workload refuses the configuration or the data.</summary>
    Misconfigured,

    /// <summary>The model expects no further gain worth a trial.</summary>
    Plateau,
}

/// <summary>Whether running attempts may finish when a search stops.</summary>
public enum StopMode
{
    /// <summary>Running attempts finish.</summary>
    Graceful,

    /// <summary>Running attempts are cancelled and keep what they have.</summary>
    Now,
}

/// <summary>Who chose a configuration and why.</summary>
/// <param name="Source"><c>enqueue</c> or the sampler's name.</param>
/// <param name="Explanation">For people, for example the model's prediction; null when there is nothing to tell.</param>
/// <param name="Observed">How many finished trials of its own search the sampler saw.</param>
/// <param name="Pending">How many running trials it knew of.</param>
/// <param name="Prediction">What a model expects of it; null without a model.</param>
/// <param name="Earlier">How many trials of an earlier search (<c>warmStart</c>) it learned from.</param>
public sealed record SuggestionOrigin(
    string Source,
    string? Explanation = null,
    int Observed = 0,
    int Pending = 0,
    ModelPrediction? Prediction = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Earlier = 0);

/// <summary>What a model expects of a configuration, in units of the objective.</summary>
/// <param name="Mean">The predicted objective value.</param>
/// <param name="StandardDeviation">How uncertain that is, at least 0.</param>
/// <param name="ExpectedImprovement">Expected gain over the best value so far, at least 0; null when not computed.</param>
public sealed record ModelPrediction(double Mean, double StandardDeviation, double? ExpectedImprovement = null);

/// <summary>One configuration proposed by a sampler.</summary>
/// <param name="Values">The configuration.</param>
/// <param name="Origin">Who chose it and why.</param>
/// <param name="DataFraction">Share of the training data that the trial uses; null for all.</param>
public sealed record Suggestion(ParameterValues Values, SuggestionOrigin Origin, double? DataFraction = null);

/// <summary>A later stage of a coarse-to-fine search begins on a part of the space.</summary>
/// <param name="Stage">Number of the stage, from 1 (the second).</param>
/// <param name="FirstTrial">Number of the first trial that belongs to it.</param>
/// <param name="Space">The narrowed space.</param>
/// <param name="DataFraction">Share of the training data that its trials use.</param>
/// <param name="Explanation">For people: which ranges changed and why.</param>
public sealed record SpaceNarrowing(int Stage, TrialId FirstTrial, SearchSpace Space, double DataFraction, string Explanation);

/// <summary>What a scheduler decided about a trial, kept for people.</summary>
/// <param name="Resource">Resource level of the trial then.</param>
/// <param name="Action">What happened to it.</param>
/// <param name="Reason">Why.</param>
public sealed record TrialDecision(int Resource, TrialDecisionKind Action, DecisionReason Reason);

/// <summary>What a scheduler can do to a trial.</summary>
public enum TrialDecisionKind
{
    /// <summary>It was ended.</summary>
    Stop,

    /// <summary>It was paused.</summary>
    Pause,

    /// <summary>It went on from a checkpoint.</summary>
    Promote,
}

/// <summary>A trial continued with another trial's weights and changed values (population based training).</summary>
/// <param name="Resource">Resource level at which it did.</param>
/// <param name="From">Whose checkpoint it took.</param>
/// <param name="Before">Its own values before.</param>
public sealed record LineageStep(int Resource, TrialId From, ParameterValues Before);
