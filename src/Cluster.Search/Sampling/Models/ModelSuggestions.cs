using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.Models;

/// <summary>Makes the answer of a sampler that has a model: one trial after the other, each of which sees those
/// before it as pending.</summary>
/// <remarks>
/// Without a proposal of the model a trial gets its point of the start-up design. A configuration of a countable space is never suggested
/// twice: the trial then gets a random draw, and when <see cref="RandomConfiguration.MaximumDraws"/> draws find nothing new, the space
/// counts as exhausted.
/// </remarks>
/// <param name="name">Name of the sampler.</param>
/// <param name="encoding">The space.</param>
/// <param name="design">The start-up design.</param>
internal sealed class ModelSuggestions(string name, SpaceEncoding encoding, StartupDesign design)
{
    /// <summary>Suggests configurations.</summary>
    /// <param name="view">The search so far.</param>
    /// <param name="context">For which trials.</param>
    /// <param name="earlier">How many trials of an earlier search the model learned from; the start-up design goes on behind them.</param>
    /// <param name="known">Points of trials that are over; none is suggested again.</param>
    /// <param name="pending">Points of unknown loss; gets those that are suggested.</param>
    /// <param name="propose">Asks the model for a trial of a number; null when it has nothing to say.</param>
    /// <returns>The answer.</returns>
    public SuggestionBatch Make(
        SearchView view,
        SuggestionContext context,
        int earlier,
        TakenPoints known,
        List<double[]> pending,
        Func<int, RandomStream, PointProposal?> propose)
    {
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
        var added = pending.Where(known.Add).ToList();
        string? exhausted = null;
        for (var number = context.FirstTrial.Number; suggestions.Count < context.Count && exhausted is null; number++)
        {
            var stream = SeedSequence.Stream(context.SearchSeed, StreamPurpose.Suggestion, number);
            var chosen = FromModel(propose(number, stream))
                ?? FromDesign(context.SearchSeed, number + earlier, known)
                ?? FromDraws(stream, known);
            if (chosen is not (var values, var explanation, var prediction))
            {
                exhausted = $"{RandomConfiguration.MaximumDraws} configurations in a row were forbidden or suggested before for trial "
                    + $"{new TrialId(number)}; relax the forbidden combinations or widen the space.";
                continue;
            }

            var point = Encode(values);
            var origin = view.Origin(name, explanation, earlier) with
            {
                Pending = view.PendingCount + suggestions.Count,
                Prediction = prediction,
            };
            suggestions.Add(new Suggestion(values, origin));
            pending.Add(point);
            if (known.Add(point))
            {
                added.Add(point);
            }
        }

        // Pending trials are looked at anew with each question.
        added.ForEach(known.Remove);
        return new(suggestions.DrainToImmutable(), exhausted);
    }

    private (ParameterValues Values, string Explanation, ModelPrediction? Prediction)? FromModel(PointProposal? proposal) =>
        proposal is null ? null : (encoding.Decode(proposal.Point), proposal.Explanation, proposal.Prediction);

    private (ParameterValues Values, string Explanation, ModelPrediction? Prediction)? FromDesign(
        ulong seed, int place, TakenPoints taken) =>
        design.TryFind(seed, place, out var values) && !taken.Contains(Encode(values))
            ? (values, "a point of the start-up design", null)
            : null;

    private (ParameterValues Values, string Explanation, ModelPrediction? Prediction)? FromDraws(RandomStream stream, TakenPoints taken)
    {
        for (var draw = 0; draw < RandomConfiguration.MaximumDraws; draw++)
        {
            if (!RandomConfiguration.TryDraw(encoding.Space, ParameterValues.Empty, stream, out var values))
            {
                return null;
            }

            if (!taken.Contains(Encode(values)))
            {
                return (values, "drawn at random, because what came first was suggested before", null);
            }
        }

        return null;
    }

    private double[] Encode(ParameterValues values)
    {
        var point = new double[encoding.Dimensions];
        return encoding.TryEncode(values, point)
            ? point
            : throw new InvalidOperationException("A configuration of the space does not encode; Axis and RandomConfiguration must agree.");
    }
}
