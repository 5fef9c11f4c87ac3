namespace SearchCluster.Search.Sampling;

/// <summary>Proposes configurations for new trials.</summary>
/// <remarks>
/// The protocol: it is asked ahead of demand, on any thread, with the next trial number and how many trials are wanted; its answer is
/// journaled, so a replay never asks again. It never changes, sends, logs or stores anything. The same view and context always give
/// the same answer: random numbers come from <see cref="SeedSequence"/> with the search's seed and the trial's number. An answer may
/// hold fewer suggestions than wanted; it holds none only together with <see cref="SuggestionBatch.Exhausted"/>. Running trials are
/// in the view as pending, so that a model can avoid proposing the same place twice.
/// </remarks>
public interface ISampler
{
    /// <summary>Its name in a specification, and in the origin of its suggestions.</summary>
    string Name { get; }

    /// <summary>True when results change what it suggests; it is then asked as late as possible, so that it has
    /// seen as many as possible.</summary>
    bool IsAdaptive { get; }

    /// <summary>Proposes configurations.</summary>
    /// <param name="view">The search so far.</param>
    /// <param name="context">For which trials.</param>
    /// <returns>Configurations for the trials from the first one on, in order.</returns>
    SuggestionBatch Suggest(SearchView view, SuggestionContext context);
}

/// <summary>For which trials a sampler is asked.</summary>
/// <param name="FirstTrial">Number of the first trial.</param>
/// <param name="Count">How many are wanted, at least 1.</param>
/// <param name="SearchSeed">Master seed of the search.</param>
public sealed record SuggestionContext(TrialId FirstTrial, int Count, ulong SearchSeed);

/// <summary>What a sampler proposes.</summary>
/// <param name="Suggestions">For the trials from the first one on, at most as many as wanted.</param>
/// <param name="Exhausted">One sentence why there will be no further ones; null when there may be.</param>
/// <param name="Narrowing">The stage of a coarse-to-fine search that begins with the first of them; null when none does.</param>
public sealed record SuggestionBatch(ImmutableArray<Suggestion> Suggestions, string? Exhausted, SpaceNarrowing? Narrowing = null);
