namespace SearchCluster.Search.Sampling.Composition;

/// <summary>Shows a sampler the search as it was when the round of its next trial began, so that the order of
/// results within a round has no say.</summary>
/// <param name="inner">The sampler of a reproducible search.</param>
public sealed class RoundSampler(ISampler inner) : ISampler
{
    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public bool IsAdaptive => inner.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(context);
        return inner.Suggest(view.AtRoundOf(context.FirstTrial), context);
    }
}
