using System.Text.Json;
using SearchCluster.Specs.Explaining;

namespace SearchCluster.Specs;

/// <summary>What a spec means: how many trials, of what, for how long, and what happens then.</summary>
/// <param name="Schema">Always <c>searchcluster/spec-explanation@1</c>.</param>
/// <param name="Name">The search.</param>
/// <param name="Description">The author's words, or null.</param>
/// <param name="Workload">What a trial trains.</param>
/// <param name="WorkloadDescription">The same in a sentence.</param>
/// <param name="Objective">How trials are judged, for example <c>minimize val/loss (best measurement)</c>.</param>
/// <param name="TrialCount">Most trials that can run; null when only time limits the search.</param>
/// <param name="TrialCountReason">What decides that number.</param>
/// <param name="GridSize">Points of the grid as digits; null for other algorithms.</param>
/// <param name="Parameters">The space.</param>
/// <param name="ConditionalCount">How many of the parameters are active only under conditions.</param>
/// <param name="ForbiddenCount">Entries of <c>forbid</c>.</param>
/// <param name="EnqueuedCount">Configurations tried first.</param>
/// <param name="Fixed">Constants of every trial.</param>
/// <param name="Defaults">Hyperparameters of the workload that the spec leaves at their default.</param>
/// <param name="Budget">Limits, for example <c>trials: 30</c>.</param>
/// <param name="Algorithm">The sampler.</param>
/// <param name="AlgorithmReason">Why that one.</param>
/// <param name="Data">The data and its split, or null.</param>
/// <param name="EarlyStopping">Patience, or null.</param>
/// <param name="Ensemble">The ensemble, or null.</param>
/// <param name="Seed">Master seed.</param>
/// <param name="Steps">What would run, in order.</param>
/// <param name="Chosen">The sampler that algorithm auto stands for here; null for other algorithms.</param>
/// <param name="AlgorithmOptions">Options of the sampler; null for none.</param>
/// <param name="Stages">Stages of a coarse-to-fine search, or null.</param>
/// <param name="Scheduler">The trial scheduler.</param>
/// <param name="SchedulerReason">What it does.</param>
/// <param name="SchedulerOptions">Its options; null for none.</param>
/// <param name="Objectives">All objectives of a search with several, or null.</param>
/// <param name="Repeats">How often each configuration is evaluated; null for once.</param>
/// <param name="WarmStart">What is taken over from an earlier search, or null.</param>
/// <param name="Round">Trials of one round of a reproducible search; null for one in which the order of results may decide.</param>
public sealed record SpecExplanation(
    string Schema,
    string Name,
    string? Description,
    string Workload,
    string WorkloadDescription,
    string Objective,
    long? TrialCount,
    string TrialCountReason,
    string? GridSize,
    ValueArray<ParameterExplanation> Parameters,
    int ConditionalCount,
    int ForbiddenCount,
    int EnqueuedCount,
    ValueMap<ParameterValue> Fixed,
    ValueMap<ParameterValue> Defaults,
    ValueArray<string> Budget,
    string Algorithm,
    string AlgorithmReason,
    string? Data,
    string? EarlyStopping,
    string? Ensemble,
    ulong Seed,
    ValueArray<string> Steps,
    string? Chosen = null,
    ValueArray<OptionExplanation>? AlgorithmOptions = null,
    ValueArray<StageExplanation>? Stages = null,
    string? Scheduler = null,
    string? SchedulerReason = null,
    ValueArray<OptionExplanation>? SchedulerOptions = null,
    ValueArray<string>? Objectives = null,
    int? Repeats = null,
    string? WarmStart = null,
    int? Round = null)
{
    /// <summary>Explains a spec.</summary>
    /// <param name="spec">A spec as <see cref="SpecReader"/> returns it.</param>
    /// <param name="vocabulary">What the workloads read; null for <see cref="ReleaseVocabulary.Value"/>.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The vocabulary does not have the spec's workload.</exception>
    public static SpecExplanation Of(SearchSpec spec, SpecVocabulary? vocabulary = null) => SpecExplainer.Explain(spec, vocabulary ?? ReleaseVocabulary.Value);

    /// <summary>Writes the explanation for people.</summary>
    /// <returns>Lines of plain text without their breaks.</returns>
    public IReadOnlyList<string> ToLines() => SpecExplanationText.Lines(this);

    /// <summary>Writes the explanation for programs; property names never change within a version of <see cref="Schema"/>.</summary>
    /// <returns>One JSON object, indented.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ExplanationJsonContext.Default.SpecExplanation);
}

/// <summary>One parameter of the space, for people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type as a spec writes it: <c>float</c>, <c>log</c>, <c>int</c>, <c>logint</c>, <c>item</c> or <c>bool</c>.</param>
/// <param name="Range">For example <c>0.0001 … 0.1</c> or <c>relu, tanh</c>.</param>
/// <param name="Scale"><c>linear</c>, <c>log</c> or <c>choice</c>.</param>
/// <param name="Points">Values on its grid axis; null when it has no end of values.</param>
/// <param name="Condition">When it is active, for example <c>optimizer is momentum</c>; null for always.</param>
/// <param name="Default">The value a person would start with, or null.</param>
/// <param name="Description">The author's words, or the workload's.</param>
public sealed record ParameterExplanation(
    string Name,
    string Type,
    string Range,
    string Scale,
    string? Points,
    string? Condition,
    string? Default,
    string? Description);
