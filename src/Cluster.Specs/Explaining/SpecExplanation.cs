using System.Text.Json;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Explaining;

/// <summary>What a spec means: how many trials, of what, for how long, and what happens then.</summary>
public sealed record SpecExplanation
{
    /// <summary>Always <c>searchcluster/spec-explanation@1</c>.</summary>
    public required string Schema { get; init; }

    /// <summary>The search.</summary>
    public required string Name { get; init; }

    /// <summary>The author's words, or null.</summary>
    public string? Description { get; init; }

    /// <summary>What a trial trains.</summary>
    public required string Workload { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string WorkloadDescription { get; init; }

    /// <summary>How trials are judged, for example <c>minimize val/loss (best measurement)</c>.</summary>
    public required string Objective { get; init; }

    /// <summary>Most trials that can run; null when only time limits the search.</summary>
    public long? TrialCount { get; init; }

    /// <summary>What decides that number.</summary>
    public required string TrialCountReason { get; init; }

    /// <summary>Points of the grid as digits; null for other algorithms.</summary>
    public string? GridSize { get; init; }

    /// <summary>The space.</summary>
    public required ValueArray<ParameterExplanation> Parameters { get; init; }

    /// <summary>How many of the parameters are active only under conditions.</summary>
    public required int ConditionalCount { get; init; }

    /// <summary>Entries of <c>forbid</c>.</summary>
    public required int ForbiddenCount { get; init; }

    /// <summary>Configurations tried first.</summary>
    public required int EnqueuedCount { get; init; }

    /// <summary>Constants of every trial.</summary>
    public required ValueMap<ParameterValue> Fixed { get; init; }

    /// <summary>Hyperparameters of the workload that the spec leaves at their default.</summary>
    public required ValueMap<ParameterValue> Defaults { get; init; }

    /// <summary>Limits, for example <c>trials: 30</c>.</summary>
    public required ValueArray<string> Budget { get; init; }

    /// <summary>The sampler.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Why that one.</summary>
    public required string AlgorithmReason { get; init; }

    /// <summary>The data and its split, or null.</summary>
    public string? Data { get; init; }

    /// <summary>Patience, or null.</summary>
    public string? EarlyStopping { get; init; }

    /// <summary>The ensemble, or null.</summary>
    public string? Ensemble { get; init; }

    /// <summary>Master seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What would run, in order.</summary>
    public required ValueArray<string> Steps { get; init; }

    /// <summary>The sampler that algorithm auto stands for here; null for other algorithms.</summary>
    public string? Chosen { get; init; }

    /// <summary>Options of the sampler; null for none.</summary>
    public ValueArray<OptionExplanation>? AlgorithmOptions { get; init; }

    /// <summary>Stages of a coarse-to-fine search, or null.</summary>
    public ValueArray<StageExplanation>? Stages { get; init; }

    /// <summary>The trial scheduler.</summary>
    public string? Scheduler { get; init; }

    /// <summary>What it does.</summary>
    public string? SchedulerReason { get; init; }

    /// <summary>Its options; null for none.</summary>
    public ValueArray<OptionExplanation>? SchedulerOptions { get; init; }

    /// <summary>All objectives of a search with several, or null.</summary>
    public ValueArray<string>? Objectives { get; init; }

    /// <summary>How often each configuration is evaluated; null for once.</summary>
    public int? Repeats { get; init; }

    /// <summary>What is taken over from an earlier search, or null.</summary>
    public string? WarmStart { get; init; }

    /// <summary>Trials of one round of a reproducible search; null for one in which the order of results may decide.</summary>
    public int? Round { get; init; }

    /// <summary>Explains a spec.</summary>
    /// <param name="spec">A spec as <see cref="SpecReader"/> returns it.</param>
    /// <param name="vocabulary">What the workloads read; null for <see cref="ReleaseVocabulary.Value"/>.</param>
    /// <exception cref="ArgumentException">The vocabulary does not have the spec's workload.</exception>
    public static SpecExplanation Of(SearchSpec spec, SpecVocabulary? vocabulary = null) =>
        SpecExplainer.Explain(spec, vocabulary ?? ReleaseVocabulary.Value);

    /// <summary>Writes the explanation for people.</summary>
    /// <returns>Lines of plain text without their breaks.</returns>
    public IReadOnlyList<string> ToLines() => SpecExplanationText.Lines(this);

    /// <summary>Writes the explanation for programs; property names never change within a version of <see cref="Schema"/>.</summary>
    /// <returns>One JSON object, indented.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ExplanationJsonContext.Default.SpecExplanation);
}

/// <summary>One parameter of the space, for people.</summary>
/// <param name="Name">Its key in the space.</param>
/// <param name="Type">The type as a spec writes it: <c>float</c>, <c>log</c>, <c>int</c>, <c>logint</c>,
/// <c>item</c> or <c>bool</c>.</param>
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
