namespace SearchCluster.Search.Sampling.Auto;

/// <summary>Leaves a search that names no algorithm to the one that <see cref="AutoRules"/> chooses, and says
/// so in each suggestion.</summary>
/// <param name="chosen">The sampler of the choice.</param>
/// <param name="choice">What was chosen and why.</param>
public sealed class AutoSampler(ISampler chosen, AutoChoice choice) : ISampler
{
    /// <summary>Name and traits.</summary>
    public static AlgorithmDescriptor Descriptor { get; } =
        new("auto", "Chooses an algorithm by the space, the budget and the objectives.", [], SupportsSeveralObjectives: true);

    /// <inheritdoc />
    public string Name => chosen.Name;

    /// <inheritdoc />
    public bool IsAdaptive => chosen.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var batch = chosen.Suggest(view, context);
        return batch with { Suggestions = [.. batch.Suggestions.Select(Explain)] };
    }

    private Suggestion Explain(Suggestion suggestion) => suggestion with
    {
        Origin = suggestion.Origin with
        {
            Explanation = suggestion.Origin.Explanation is { } own
            ? $"{own} (auto: {choice.Reason})"
            : $"auto: {choice.Reason}"
        },
    };
}
