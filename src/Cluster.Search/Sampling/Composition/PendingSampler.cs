namespace SearchCluster.Search.Sampling.Composition;

/// <summary>Says of each suggestion of an answer that those before it are pending: a batch is what asking one by one would give.</summary>
/// <param name="inner">The sampler.</param>
public sealed class PendingSampler(ISampler inner) : ISampler
{
    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public bool IsAdaptive => inner.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        ArgumentNullException.ThrowIfNull(view);
        var batch = inner.Suggest(view, context);
        return batch with
        {
            Suggestions = [.. batch.Suggestions.Select((suggestion, place) => suggestion with
            {
                Origin = suggestion.Origin with { Pending = view.PendingCount + place },
            })],
        };
    }
}
