using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.DifferentialEvolution;

/// <summary>Differential evolution, the scheme rand/1/bin: a trial is moved by the weighted difference of two others and crossed with a
/// third, whose place it takes when it is better.</summary>
/// <remarks>
/// <para>Steady state instead of generations: a place of the population changes as soon as a better trial has finished, so nobody waits.
/// Trials compete for the places in turn, by their numbers. A place that nobody has is filled by a point of the start-up design, and so is
/// every place while fewer than three others are taken. Trials of an earlier search compete like finished ones, the best for the first
/// places.</para>
/// <para>An equal loss is not better; a failed trial, or one with a non-finite loss, takes no place. Pending trials are only avoided, not
/// learned from. Configurations that are forbidden or tried already are drawn again.</para>
/// <para>Numbers, whole numbers, steps and ordered lists are moved on the unit interval, mirrored at its ends and rounded to a value.
/// Differs from the paper, which knows only numbers: an unordered choice stays that of the moved trial where the other two agree; where
/// they do not, it becomes any item with the probability of the weight. A parameter that is inactive in one of the two does not move. One
/// that is inactive in the trial that it would come from is taken from the other, or drawn uniformly where it is inactive in both.</para>
/// <para>A suggestion costs O(n) whatever the number of trials. Source: Storn and Price, "Differential Evolution – A Simple and Efficient
/// Heuristic for Global Optimization over Continuous Spaces", Journal of Global Optimization 11, 1997.</para>
/// </remarks>
public sealed class DifferentialEvolutionSampler : ISampler
{
    // Two whose difference moves a third.
    private const int Donors = 3;

    private readonly SpaceEncoding _encoding;
    private readonly DifferentialEvolutionOptions _options;
    private readonly Candidates _candidates;
    private readonly StartupDesign _design;
    private readonly DifferentialPopulation _population;

    /// <summary>Prepares the space.</summary>
    public DifferentialEvolutionSampler(SearchSpace space, DifferentialEvolutionOptions options)
    {
        _encoding = new SpaceEncoding(space);
        _options = options;
        _candidates = new Candidates(space);
        _design = new StartupDesign(_encoding);
        _population = new DifferentialPopulation(_encoding, options.Population);
    }

    /// <inheritdoc />
    public string Name => DifferentialEvolutionOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(context);
        _population.Update(view);
        _candidates.Update(view);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>(context.Count);
        for (var i = 0; i < context.Count; i++)
        {
            // The numbers of the question are counted from the beginning of a stage and without repeats, those of the view are the trials'.
            var place = _population.PlaceOf(view, view.TrialCount + (i * (view.Spec.Repeats ?? 1)));
            var batch = SuggestOne(view, place, context with { FirstTrial = new TrialId(context.FirstTrial.Number + i), Count = 1 });
            suggestions.AddRange(batch.Suggestions);
            if (batch.Exhausted is not null)
            {
                return new(suggestions.DrainToImmutable(), batch.Exhausted);
            }
        }

        return new(suggestions.DrainToImmutable(), null);
    }

    private SuggestionBatch SuggestOne(SearchView view, int place, SuggestionContext context)
    {
        if (_population.At(place) is not { } target || _population.Taken.Count <= Donors)
        {
            var start = view.Origin(Name, "A point of the start-up design.", _population.Earlier);
            return _candidates.Suggest(context, start, stream => _encoding.Decode(Uniform(stream)), _design);
        }

        var isEarlier = target.Trial == DifferentialPopulation.Member.OfEarlierSearch;
        var rival = isEarlier ? "a trial of the earlier search" : $"trial {new TrialId(target.Trial)}";
        var explanation = string.Create(
            CultureInfo.InvariantCulture, $"Competes with {rival} for place {place + 1} of {_options.Population}.");
        return _candidates.Suggest(
            context, view.Origin(Name, explanation, _population.Earlier), stream => _encoding.Decode(Cross(place, target.Point, stream)));
    }

    private double[] Uniform(RandomStream stream)
    {
        var point = new double[_encoding.Dimensions];
        UniformPoint.Fill(stream, point);
        return point;
    }

    private double[] Cross(int place, double[] target, RandomStream stream)
    {
        var child = Uniform(stream);
        var (moved, first, second) = (Donor(stream, place), Donor(stream, place), Donor(stream, place));
        while (first == moved)
        {
            first = Donor(stream, place);
        }

        while (second == moved || second == first)
        {
            second = Donor(stream, place);
        }

        var certain = (int)stream.NextBelow((ulong)child.Length);
        for (var i = 0; i < child.Length; i++)
        {
            var mutant = Move(_encoding.Axes[i], PointOf(moved)[i], PointOf(first)[i] - PointOf(second)[i], child[i], stream);
            var (preferred, other) = i == certain || stream.NextDouble() < _options.CrossoverRate
                ? (mutant, target[i])
                : (target[i], mutant);
            child[i] = !double.IsNaN(preferred) ? preferred : !double.IsNaN(other) ? other : child[i];
        }

        return child;
    }

    // Any taken place but that of the target.
    private int Donor(RandomStream stream, int target)
    {
        while (true)
        {
            var place = _population.Taken[(int)stream.NextBelow((ulong)_population.Taken.Count)];
            if (place != target)
            {
                return place;
            }
        }
    }

    private double[] PointOf(int place) => _population.At(place)!.Point;

    private double Move(Axis axis, double place, double difference, double drawn, RandomStream stream)
    {
        if (double.IsNaN(place) || double.IsNaN(difference))
        {
            return place;
        }

        // Equal items are encoded as the same place.
        return axis.Kind != AxisKind.Categorical ? UnitInterval.Mirror(place + (_options.DifferentialWeight * difference))
            : difference != 0 && stream.NextDouble() < _options.DifferentialWeight ? drawn
            : place;
    }
}
