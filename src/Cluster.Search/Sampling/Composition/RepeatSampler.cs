using System.Globalization;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.Sampling.Composition;

/// <summary>Gives each configuration to several trials in a row; their own seeds differ, so their results show the noise.</summary>
/// <remarks>The sampler inside counts configurations: trial k asks it for configuration k / repeats. Models see each result as an
/// observation of its own.</remarks>
/// <param name="inner">The sampler.</param>
/// <param name="repeats">Trials of each configuration, at least 2.</param>
public sealed class RepeatSampler(ISampler inner, int repeats) : ISampler
{
    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public bool IsAdaptive => inner.IsAdaptive;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var (next, original) = (context.FirstTrial.Number, Configurations.FirstOf(context.FirstTrial.Number, repeats));
        if (original < next)
        {
            return Repeat(view, context, original);
        }

        // New configurations; the last one may get the rest of its repeats the next time.
        var wanted = (context.Count + repeats - 1) / repeats;
        var batch = inner.Suggest(view, context with { FirstTrial = new TrialId(Configurations.Of(next, repeats)), Count = wanted });
        var all = batch.Suggestions
            .SelectMany(suggestion => Enumerable.Range(0, repeats).Select(repeat => repeat == 0 ? suggestion : Copy(suggestion, repeat)))
            .ToImmutableArray();
        var isCut = all.Length > context.Count;
        return batch with
        {
            Suggestions = isCut ? all[..context.Count] : all,
            Exhausted = isCut ? null : batch.Exhausted,
            Narrowing = batch.Narrowing is { } narrowing ? narrowing with { FirstTrial = context.FirstTrial } : null,
        };
    }

    private SuggestionBatch Repeat(SearchView view, SuggestionContext context, int original)
    {
        var trial = view.Trial(new TrialId(original));
        var suggestion = new Suggestion(trial.Values, view.Origin(Name), trial.DataFraction);
        var last = Math.Min(original + repeats, context.FirstTrial.Number + context.Count);
        return new([.. Enumerable.Range(context.FirstTrial.Number, last - context.FirstTrial.Number)
            .Select(number => Copy(suggestion, number - original))], null);
    }

    private Suggestion Copy(Suggestion suggestion, int repeat) => suggestion with
    {
        Origin = suggestion.Origin with
        {
            Explanation = string.Create(CultureInfo.InvariantCulture, $"Repeat {repeat + 1} of {repeats}."),
            Prediction = null,
        },
    };
}
