using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>Non-dominated sorting genetic algorithm for two or more objectives; it works with one, too.</summary>
/// <remarks>
/// <para>Asynchronous: a generation is complete with as many results as the population has, in the order in which they finish, whichever
/// generation their parents were of. The best of parents and results, by front and crowding distance, are the next parents. Trials before
/// the first generation is complete are points of the start-up design.</para>
/// <para>A failed trial, or one with a non-finite loss in any objective, takes its place in the generation and is never a parent. Numbers,
/// whole numbers, steps and ordered lists are crossed and mutated on the unit interval and rounded to a value; unordered choices come from
/// either parent, and mutate to another value. A parameter that is active in one parent only comes from that one; one that is active in
/// neither is a uniform draw. Configurations that are forbidden or tried already are drawn again.</para>
/// <para>A suggestion costs O(n), a generation O(m N²). Source: Deb, Pratap, Agarwal and Meyarivan, IEEE Transactions on Evolutionary
/// Computation 6(2), 2002.</para>
/// </remarks>
public sealed class Nsga2Sampler : ISampler
{
    private readonly SpaceEncoding _encoding;
    private readonly Nsga2Options _options;
    private readonly Candidates _candidates;
    private readonly StartupDesign _design;
    private readonly Nsga2Population _population;

    /// <summary>Prepares the space.</summary>
    public Nsga2Sampler(SearchSpace space, Nsga2Options options)
    {
        _encoding = new SpaceEncoding(space);
        _options = options;
        _candidates = new Candidates(space);
        _design = new StartupDesign(_encoding);
        _population = new Nsga2Population(_encoding, options.Population);
    }

    /// <inheritdoc />
    public string Name => Nsga2Options.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        _population.Update(view);
        _candidates.Update(view);
        var explanation = _population.Parents.Count == 0
            ? "A point of the start-up design."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Child of generation {_population.Generations}: {_population.Parents.Count(parent => parent.Front == 0)} of "
                    + $"{_population.Parents.Count} parents are non-dominated.");
        var origin = view.Origin(Name, explanation, _population.Earlier);
        return _candidates.Suggest(
            context, origin, stream => _encoding.Decode(Draw(stream)), _population.Parents.Count == 0 ? _design : null);
    }

    private double[] Draw(RandomStream stream)
    {
        var child = new double[_encoding.Dimensions];
        UniformPoint.Fill(stream, child);
        if (_population.Parents.Count == 0)
        {
            return child;
        }

        var (first, second) = (Tournament(stream), Tournament(stream));
        if (stream.NextDouble() >= _options.CrossoverRate)
        {
            second = first;
        }

        for (var i = 0; i < child.Length; i++)
        {
            child[i] = Cross(i, first.Point[i], second.Point[i], child[i], stream);
            if (stream.NextDouble() * child.Length < _options.Mutations)
            {
                child[i] = Mutate(i, child[i], stream);
            }
        }

        return child;
    }

    private Nsga2Population.Member Tournament(RandomStream stream)
    {
        var parents = _population.Parents;
        var first = parents[(int)stream.NextBelow((ulong)parents.Count)];
        var second = parents[(int)stream.NextBelow((ulong)parents.Count)];
        return second.Beats(first) ? second : first;
    }

    private double Cross(int axis, double first, double second, double drawn, RandomStream stream)
    {
        if (double.IsNaN(first) || double.IsNaN(second))
        {
            return !double.IsNaN(first) ? first : !double.IsNaN(second) ? second : drawn;
        }

        var (takesFirst, isMixed, share) = (stream.NextDouble() < 0.5, stream.NextDouble() < 0.5, stream.NextDouble());
        return _encoding.Axes[axis].Kind == AxisKind.Categorical || !isMixed
            ? (takesFirst ? first : second)
            : RealOperators.Cross(first, second, _options.CrossoverIndex, share, takesFirst == first < second);
    }

    private double Mutate(int axis, double place, RandomStream stream)
    {
        var (levels, share) = (_encoding.Axes[axis].Levels, stream.NextDouble());
        if (_encoding.Axes[axis].Kind != AxisKind.Categorical)
        {
            return RealOperators.Mutate(place, _options.MutationIndex, share);
        }

        // One of the other values, each with the same probability.
        var other = Math.Floor(share * (levels - 1));
        return levels == 1 ? place : _encoding.Axes[axis].MiddleOf(other < _encoding.Axes[axis].LevelAt(place) ? other : other + 1);
    }
}
