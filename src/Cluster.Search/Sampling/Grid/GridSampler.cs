namespace SearchCluster.Search.Sampling.Grid;

/// <summary>Tries each configuration of the grid exactly once, in the order of its options; those of an earlier
/// search (<c>warmStart</c>) and enqueued ones not again.</summary>
/// <remarks>
/// A configuration is computed from the trial's number (<see cref="GridSpace"/>, <see cref="SpreadOrder"/>), so a grid of any size needs no
/// memory. An inactive parameter takes no part, and a forbidden combination is left out, so that no two trials
/// are equal. Where configurations are left out, the grid is walked once: O(1) for each of its configurations before the trial's.
/// </remarks>
public sealed class GridSampler : ISampler
{
    private readonly GridSpace _grid;
    private readonly GridOrder _order;
    private readonly int _firstTrial;
    private readonly string _whole;
    private HashSet<ParameterValues>? _leftOut;
    private int _enqueued;
    private Place _next = new(0, 0);

    /// <summary>Prepares the grid.</summary>
    /// <param name="space">The space; every parameter is countable or has grid points.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="firstTrial">Number of the trial that gets the first configuration; trials before it are enqueued ones.</param>
    /// <exception cref="ArgumentException">A parameter is not countable.</exception>
    public GridSampler(SearchSpace space, GridOptions? options = null, int firstTrial = 0)
    {
        _grid = new GridSpace(space);
        _order = (options ?? new GridOptions()).Order;
        _firstTrial = firstTrial;
        _whole = space.Parameters.All(parameter => parameter.GridPoints is null) ? "space" : "grid";
    }

    /// <inheritdoc />
    public string Name => GridOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => false;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var origin = view.Origin(Name);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        var spread = _order == GridOrder.Spread ? new SpreadOrder(_grid.Count, context.SearchSeed) : null;
        Update(view);
        var place = Find((long)context.FirstTrial.Number - _firstTrial, At);
        while (suggestions.Count < context.Count && place.Index < _grid.Count)
        {
            suggestions.Add(new Suggestion(At(place.Index), origin));
            place = Skip(new(place.Number + 1, place.Index + 1), At);
        }

        _next = place;
        return new(
            suggestions.DrainToImmutable(),
            place.Index < _grid.Count ? null : TakenConfigurations.All(_grid.Count, _whole, view));

        ParameterValues At(long index) => _grid.At(spread?.At(index) ?? index);
    }

    // The enqueued configurations come first, so all of them are known when the grid is asked.
    private void Update(SearchView view)
    {
        _leftOut ??= [.. (view.Spec.WarmStart?.Observations ?? []).Select(taken => taken.Values)];
        var repeats = view.Spec.Repeats ?? 1;
        for (; _enqueued < _firstTrial && _enqueued * repeats < view.TrialCount; _enqueued++)
        {
            _leftOut.Add(view.Trial(new TrialId(_enqueued * repeats)).SuggestedValues);
        }
    }

    private Place Find(long number, Func<long, ParameterValues> at)
    {
        if (_leftOut!.Count == 0)
        {
            return new(number, number);
        }

        var place = Skip(_next.Number <= number ? _next : new(0, 0), at);
        while (place.Number < number && place.Index < _grid.Count)
        {
            place = Skip(new(place.Number + 1, place.Index + 1), at);
        }

        return place;
    }

    private Place Skip(Place place, Func<long, ParameterValues> at)
    {
        var index = place.Index;
        while (_leftOut!.Count > 0 && index < _grid.Count && _leftOut.Contains(at(index)))
        {
            index++;
        }

        return place with { Index = index };
    }

    /// <summary>Which configuration of the grid the trial of a number gets, enqueued ones not counted.</summary>
    private readonly record struct Place(long Number, long Index);
}
