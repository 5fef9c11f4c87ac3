using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Composition;

/// <summary>Serves the configurations that the specification enqueues to the first trials, and leaves the
/// others to another sampler.</summary>
/// <remarks>Parameters that an entry leaves out are drawn at random from the trial's own stream.</remarks>
/// <param name="inner">The sampler of the later trials; it is asked with their own numbers.</param>
/// <param name="space">What is searched.</param>
/// <param name="enqueue">The configurations, in order.</param>
public sealed class EnqueueSampler(ISampler inner, SearchSpace space, ValueArray<ParameterValues> enqueue) : ISampler
{
    /// <summary>Source of its suggestions.</summary>
    public const string Source = "enqueue";

    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public bool IsAdaptive => inner.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var served = ImmutableArray.CreateBuilder<Suggestion>();
        for (var number = context.FirstTrial.Number; number < enqueue.Count && served.Count < context.Count; number++)
        {
            var stream = SeedSequence.Stream(context.SearchSeed, StreamPurpose.Suggestion, number);
            if (!RandomConfiguration.TryDraw(space, enqueue[number], stream, out var values))
            {
                return new(
                    served.DrainToImmutable(),
                    $"Entry {number} of enqueue meets a forbidden combination whatever its other parameters are; change that entry.");
            }

            served.Add(new Suggestion(values, view.Origin(Source, Explain(number, enqueue[number], values))));
        }

        // The sampler inside must see the served ones: to learn from them, or not to try them again. It is asked the next time.
        return served.Count > 0 ? new(served.DrainToImmutable(), null) : inner.Suggest(view, context);
    }

    // What nobody asked for must not look as if somebody had.
    private static string Explain(int number, ParameterValues entry, ParameterValues values)
    {
        var drawn = values.Entries.Select(value => value.Key).Where(name => !entry.TryGet(name, out _)).ToArray();
        return drawn.Length == 0
            ? $"Entry {number} of enqueue."
            : $"Entry {number} of enqueue, which leaves out {string.Join(", ", drawn)}; drawn at random.";
    }
}
