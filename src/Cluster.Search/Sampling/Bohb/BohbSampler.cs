using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Models;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.Bohb;

/// <summary>The sampler of BOHB: a model of the losses at the largest resource level that enough trials reached, for the brackets of
/// scheduler <c>hyperband</c>.</summary>
/// <remarks>
/// Losses at different levels cannot be compared, so the model knows one level only, and the largest because it is closest to what
/// counts (<see cref="LevelObservations"/>). A share of the trials is drawn at random, whatever the model says: that keeps Hyperband's
/// guarantee to be at most that factor slower than random search where the low levels mislead. Before a level has enough trials,
/// they are those of the start-up design. The model is that of <c>tpe</c> (<see cref="ParzenLevelModel"/>) or of
/// <c>gp</c> (<see cref="ProcessLevelModel"/>) with its defaults. Observations of an earlier search have no level,
/// so nothing is learned from them; they are only not tried again. Differs from Falkner et al. 2018: d + 1 trials suffice for d parameters
/// rather than d + 3, and failed ones rank last; bandwidths, weights and the choice among candidates are those of <c>tpe</c>, and a
/// Gaussian process may take their place. O(n) for a suggestion of <c>tpe</c>; of <c>gp</c> as stated there.
/// Source: Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018, arXiv:1807.01774.
/// </remarks>
public sealed class BohbSampler : ISampler
{
    private readonly double _randomFraction;
    private readonly SearchSpace _space;
    private readonly SpaceEncoding _encoding;
    private readonly LevelObservations _observations;
    private readonly ILevelModel _model;
    private readonly ModelSuggestions _suggestions;

    /// <summary>Prepares the sampler.</summary>
    public BohbSampler(SearchSpec spec, BohbOptions options)
    {
        _randomFraction = options.RandomFraction;
        _space = spec.Space;
        _encoding = new(spec.Space);
        _observations = new(_encoding, options.MinTrials ?? _encoding.Dimensions + 1);
        _model = options.Model == BohbModel.Gp
            ? new ProcessLevelModel(_encoding, spec.Objective.Direction)
            : new ParzenLevelModel(_encoding);
        _suggestions = new(Name, _encoding, new StartupDesign(_encoding, firstTrial: spec.Enqueue?.Count ?? 0));
    }

    /// <inheritdoc />
    public string Name => BohbOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        _observations.Update(view);
        var known = new TakenPoints(_encoding);
        foreach (var point in _observations.Known)
        {
            known.Add(point);
        }

        List<double[]> pending = [.. _observations.Pending];
        return _suggestions.Make(view, context, 0, known, pending, (number, stream) => Propose(number, stream, pending, known));
    }

    private PointProposal? Propose(int number, RandomStream stream, List<double[]> pending, TakenPoints known)
    {
        if (_observations.Ranked.FiniteCount == 0)
        {
            return null;
        }

        if (stream.NextDouble() < _randomFraction)
        {
            return DrawAtRandom(stream, known);
        }

        var proposal = _model.Propose(_observations, pending, number, stream, known);
        return proposal is null ? null : proposal with
        {
            Explanation = string.Create(CultureInfo.InvariantCulture, $"{proposal.Explanation}, losses at resource {_observations.Level}"),
        };
    }

    private PointProposal? DrawAtRandom(RandomStream stream, TakenPoints known)
    {
        var point = new double[_encoding.Dimensions];
        return RandomConfiguration.TryDraw(_space, ParameterValues.Empty, stream, out var values)
            && _encoding.TryEncode(values, point)
            && !known.Contains(point)
            ? new(point, string.Create(CultureInfo.InvariantCulture, $"drawn at random, as {_randomFraction:P0} of the trials are"))
            : null;
    }
}
