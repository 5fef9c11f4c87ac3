using System.Numerics;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Composition;

/// <summary>Sees to it that no configuration is tried twice, whatever the sampler inside proposes.</summary>
/// <remarks>
/// A configuration that an earlier trial has, of this search or of the one that it was started from, on the
/// same share of the data, is replaced by a random one that none has. When draws keep meeting known ones, a finite space is walked for one
/// that is left, and is exhausted when there is none, which is said in the same words whatever the sampler inside. Enqueued
/// configurations are asked for by a person and are kept. Trial numbers are
/// consecutive and each answer depends only on the values of earlier trials, so samplers that do not learn still give the same set of
/// trials for any number of workers. The set of known configurations is a cache over the view (<see cref="TakenConfigurations"/>). Cost:
/// one hash of a configuration for each trial and suggestion.
/// </remarks>
/// <param name="inner">The sampler.</param>
/// <param name="space">What is searched.</param>
public sealed class DistinctSampler(ISampler inner, SearchSpace space) : ISampler
{
    private const int MaximumDraws = 200;

    private readonly TakenConfigurations _known = new();
    private readonly Lazy<GridSpace?> _all = new(() => Countable(space));

    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public bool IsAdaptive => inner.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        _known.Update(view);
        var batch = inner.Suggest(view, context);
        var taken = new HashSet<(ParameterValues, double?)>();
        var distinct = ImmutableArray.CreateBuilder<Suggestion>(batch.Suggestions.Length);
        foreach (var proposed in batch.Suggestions)
        {
            var suggestion = proposed;
            if (proposed.Origin.Source != EnqueueSampler.Source && IsKnown(proposed.Values))
            {
                if (Replace(proposed, context, distinct.Count, IsKnown) is not { } replacement)
                {
                    return batch with { Suggestions = distinct.DrainToImmutable(), Exhausted = WhyNoOther(view) };
                }

                suggestion = replacement;
            }

            taken.Add((suggestion.Values, suggestion.DataFraction));
            distinct.Add(suggestion);
            if (IsAdaptive && !ReferenceEquals(suggestion, proposed))
            {
                // The rest of the batch was chosen with another configuration as pending.
                return batch with { Suggestions = distinct.DrainToImmutable(), Exhausted = null };
            }

            bool IsKnown(ParameterValues values) =>
                _known.Contains(values, proposed.DataFraction) || taken.Contains((values, proposed.DataFraction));
        }

        return batch with { Suggestions = distinct.DrainToImmutable(), Exhausted = AllTried(view, taken) ?? batch.Exhausted };
    }

    private string WhyNoOther(SearchView view) => _all.Value is { } all
        ? TakenConfigurations.All(all.Count, "space", view)
        : $"{MaximumDraws} configurations in a row were suggested before; widen the space.";

    // As many known configurations as the space has are not always those of the space: some may be of other shares of the data.
    private string? AllTried(SearchView view, HashSet<(ParameterValues, double?)> taken)
    {
        if (_all.Value is not { Count.IsZero: false } all || all.Count > _known.Count + taken.Count)
        {
            return null;
        }

        for (var index = BigInteger.Zero; index < all.Count; index++)
        {
            var values = all.At(index);
            if (!_known.Contains(values, null) && !taken.Contains((values, null)))
            {
                return null;
            }
        }

        return TakenConfigurations.All(all.Count, "space", view);
    }

    private Suggestion? Replace(Suggestion proposed, SuggestionContext context, int position, Predicate<ParameterValues> isKnown)
    {
        var number = context.FirstTrial.Number + position;
        var stream = SeedSequence.Stream(context.SearchSeed, StreamPurpose.Replacement, number);
        for (var draw = 0; draw < MaximumDraws; draw++)
        {
            if (RandomConfiguration.TryDraw(space, ParameterValues.Empty, stream, out var values) && !isKnown(values))
            {
                return Drawn(values);
            }
        }

        if (_all.Value is not { } all || all.Count.IsZero)
        {
            return null;
        }

        // At most as many steps as there are known configurations lead to one that is not.
        var start = new BigInteger(stream.NextUInt64()) % all.Count;
        for (var step = BigInteger.Zero; step < all.Count && step <= _known.Count + position; step++)
        {
            var values = all.At((start + step) % all.Count);
            if (!isKnown(values))
            {
                return Drawn(values);
            }
        }

        return null;

        Suggestion Drawn(ParameterValues values) => proposed with
        {
            Values = values,
            Origin = proposed.Origin with { Explanation = "Drawn at random: its proposal was tried already.", Prediction = null },
        };
    }

    private static GridSpace? Countable(SearchSpace space)
    {
        if (!double.IsFinite(new SpaceEncoding(space).Size))
        {
            return null;
        }

        try
        {
            return new GridSpace(space with
            {
                Parameters = [.. space.Parameters.Select(
                    parameter => parameter with { GridPoints = parameter.Domain is RealDomain { Step: null } ? 1 : null })],
            });
        }
        catch (GridTooEntangledException)
        {
            // Nobody can count it; then draws alone decide.
            return null;
        }
    }
}
