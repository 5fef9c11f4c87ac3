using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.Evolution;

/// <summary>Regularised evolution: each new trial is a mutation of the best of a few drawn from the trials that finished last.</summary>
/// <remarks>
/// <para>The population is the last so many trials by the order of finishing: the oldest leaves, not the worst, so a lucky result does not
/// stay for ever. Until it is full, trials are uniform draws. Observations of an earlier search count as finished before all others.</para>
/// <para>A failed trial takes its place in the population but loses every tournament; of equal losses the younger wins. When all that a
/// tournament drew failed, the child is a uniform draw. Pending trials are only avoided, not learned from. Configurations that are
/// forbidden or tried already are drawn again.</para>
/// <para>A suggestion costs O(n) whatever the number of trials. Source: Real, Aggarwal, Huang and Le, "Regularized Evolution for Image
/// Classifier Architecture Search", AAAI 2019, arXiv:1802.01548, algorithm 1. Differs: uniform crossover with a second parent in a share of
/// the children, and more than one parameter may change, because hyperparameters interact less locally than architectures.</para>
/// </remarks>
public sealed class EvolutionSampler : ISampler
{
    private readonly SpaceEncoding _encoding;
    private readonly EvolutionOptions _options;
    private readonly Candidates _candidates;
    private readonly StartupDesign _design;
    private readonly Observations _observations;
    private readonly Mutation _mutation;

    /// <summary>Prepares the space.</summary>
    public EvolutionSampler(SearchSpace space, EvolutionOptions options)
    {
        _encoding = new SpaceEncoding(space);
        _options = options;
        _candidates = new Candidates(space);
        _design = new StartupDesign(_encoding);
        _observations = new Observations(_encoding);
        _mutation = new Mutation(_encoding, options);
    }

    /// <inheritdoc />
    public string Name => EvolutionOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        _observations.Update(view);
        _candidates.Update(view);
        var explanation = _observations.Count < _options.Population
            ? "A point of the start-up design."
            : string.Create(CultureInfo.InvariantCulture, $"Child of the last {_options.Population} trials.");
        var origin = view.Origin(Name, explanation, _observations.Earlier);
        return _candidates.Suggest(
            context, origin, stream => _encoding.Decode(Draw(stream)), _observations.Count < _options.Population ? _design : null);
    }

    private double[] Draw(RandomStream stream)
    {
        var child = new double[_encoding.Dimensions];
        UniformPoint.Fill(stream, child);
        if (_observations.Count < _options.Population || Select(stream) is not { } parent)
        {
            return child;
        }

        Inherit(child, parent, 1, stream);
        if (stream.NextDouble() < _options.CrossoverRate && Select(stream) is { } other)
        {
            Inherit(child, other, 0.5, stream);
        }

        _mutation.Apply(child, stream);
        return child;
    }

    // Draws trials of the population and takes the best; null when all of them failed.
    private int? Select(RandomStream stream)
    {
        var best = -1;
        for (var i = 0; i < _options.Sample; i++)
        {
            var drawn = _observations.Count - 1 - (int)stream.NextBelow((ulong)_options.Population);
            var isBetter = best < 0 || _observations.Losses[drawn] < _observations.Losses[best]
                || (_observations.Losses[drawn] == _observations.Losses[best] && drawn > best);
            best = isBetter ? drawn : best;
        }

        return double.IsPositiveInfinity(_observations.Losses[best]) ? null : best;
    }

    private void Inherit(double[] child, int parent, double probability, RandomStream stream)
    {
        var point = _observations.Point(parent);
        for (var i = 0; i < child.Length; i++)
        {
            if (!double.IsNaN(point[i]) && (probability == 1 || stream.NextDouble() < probability))
            {
                child[i] = point[i];
            }
        }
    }
}
