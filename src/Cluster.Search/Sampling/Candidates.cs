using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling;

/// <summary>Draws configurations until one is neither forbidden nor tried before.</summary>
/// <remarks>
/// A space in which all draws were tried before gets a repeated configuration; one in which all are forbidden gets a random one.
/// </remarks>
internal sealed class Candidates(SearchSpace space)
{
    /// <summary>How often a draw is repeated. Draws around a good place of a small space repeat themselves;
    /// more would only cost time.</summary>
    public const int MaximumDraws = 25;

    private readonly TakenConfigurations _taken = new();
    private readonly HashSet<ParameterValues> _answered = [];
    private double? _dataFraction;

    /// <summary>Takes over what was suggested since the last call; what an answer held that was not recorded is forgotten.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        _taken.Update(view);
        _answered.Clear();
        _dataFraction = view.DataFraction;
    }

    /// <summary>Finds the configuration of one trial; it counts as taken from then on.</summary>
    /// <param name="stream">The trial's stream.</param>
    /// <param name="draw">Draws a configuration of the space, possibly a forbidden one.</param>
    /// <returns>The configuration; null when every draw was forbidden.</returns>
    public ParameterValues? Find(RandomStream stream, Func<RandomStream, ParameterValues> draw)
    {
        ParameterValues? found = null;
        for (var i = 0; i < MaximumDraws; i++)
        {
            var values = draw(stream);
            if (space.IsForbidden(values))
            {
                continue;
            }

            found = values;
            if (!IsTaken(values))
            {
                break;
            }
        }

        if (found is null && !RandomConfiguration.TryDraw(space, ParameterValues.Empty, stream, out found))
        {
            return null;
        }

        _answered.Add(found);
        return found;
    }

    /// <summary>Answers a question: one candidate for each wanted trial, each from the trial's own stream.</summary>
    /// <param name="context">For which trials.</param>
    /// <param name="origin">What the suggestions carry.</param>
    /// <param name="draw">Draws a configuration of the space, possibly a forbidden one.</param>
    /// <param name="design">The start-up design while the sampler has nothing to learn from; its configuration
    /// comes before the draws.</param>
    /// <returns>The suggestions; fewer, with the reason, when the forbidden combinations leave nothing.</returns>
    public SuggestionBatch Suggest(
        SuggestionContext context, SuggestionOrigin origin, Func<RandomStream, ParameterValues> draw, StartupDesign? design = null)
    {
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
        for (var number = context.FirstTrial.Number; suggestions.Count < context.Count; number++)
        {
            var stream = SeedSequence.Stream(context.SearchSeed, StreamPurpose.Suggestion, number);
            if ((FromDesign(design, context.SearchSeed, number) ?? Find(stream, draw)) is not { } values)
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

    private ParameterValues? FromDesign(StartupDesign? design, ulong seed, int number) =>
        design is not null && design.TryFind(seed, number, out var values) && !IsTaken(values) && _answered.Add(values) ? values : null;

    private bool IsTaken(ParameterValues values) => _taken.Contains(values, _dataFraction) || _answered.Contains(values);
}
