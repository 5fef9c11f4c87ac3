using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Random;

/// <summary>Draws every trial independently and uniformly on the scale of each parameter.</summary>
/// <remarks>
/// A trial's configuration depends on the search's seed and the trial's number only: not on results, order or the number of workers.
/// Configurations of a small finite space can repeat; that is not avoided, because a draw that looks at earlier ones would no longer
/// depend on its number alone. Use <c>grid</c> to try each configuration once.
/// </remarks>
public sealed class RandomSampler(SearchSpace space) : ISampler
{
    /// <summary>Name and traits.</summary>
    public static AlgorithmDescriptor Descriptor { get; } =
        new("random", "Independent draws from the whole space.", [], SupportsSeveralObjectives: true, LearnsFromTrials: false);

    /// <inheritdoc />
    public string Name => Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => false;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var origin = view.Origin(Name);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
        for (var number = context.FirstTrial.Number; suggestions.Count < context.Count; number++)
        {
            var stream = SeedSequence.Stream(context.SearchSeed, StreamPurpose.Suggestion, number);
            if (!RandomConfiguration.TryDraw(space, ParameterValues.Empty, stream, out var values))
            {
                return new(
                    suggestions.DrainToImmutable(),
                    $"{RandomConfiguration.MaximumDraws} configurations in a row were forbidden for trial {new TrialId(number)}; relax the "
                        + $"forbidden combinations.");
            }

            suggestions.Add(new Suggestion(values, origin));
        }

        return new(suggestions.DrainToImmutable(), null);
    }
}
