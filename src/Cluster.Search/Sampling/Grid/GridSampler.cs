using System.Globalization;

namespace SearchCluster.Search.Sampling.Grid;

/// <summary>Tries each configuration of the grid exactly once, in the order of its options.</summary>
/// <remarks>
/// A configuration is computed from the trial's number (<see cref="GridSpace"/>, <see cref="SpreadOrder"/>), so a grid of any size needs no
/// memory. An inactive parameter takes no part, and a forbidden combination is left out, so that no two trials are equal.
/// </remarks>
public sealed class GridSampler : ISampler
{
    private readonly GridSpace _grid;
    private readonly GridOrder _order;
    private readonly int _firstTrial;

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
    }

    /// <inheritdoc />
    public string Name => GridOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => false;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        var origin = new SuggestionOrigin(Name, null, view.FinishedCount, view.PendingCount);
        var suggestions = ImmutableArray.CreateBuilder<Suggestion>();
        var spread = _order == GridOrder.Spread ? new SpreadOrder(_grid.Count, context.SearchSeed) : null;
        var index = (long)context.FirstTrial.Number - _firstTrial;
        for (; suggestions.Count < context.Count && index < _grid.Count; index++)
        {
            suggestions.Add(new Suggestion(_grid.At(spread?.At(index) ?? index), origin));
        }

        return new(
            suggestions.DrainToImmutable(),
            index < _grid.Count ? null : $"All {_grid.Count.ToString(CultureInfo.InvariantCulture)} configurations of the grid were suggested.");
    }
}
