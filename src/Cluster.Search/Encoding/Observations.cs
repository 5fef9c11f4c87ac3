using System.Runtime.InteropServices;

namespace SearchCluster.Search.Encoding;

/// <summary>What a model-based sampler learns from: encoded points with their losses, in the order in which they became known.</summary>
/// <remarks>
/// A cache over a <see cref="SearchView"/>: built at once or step by step it holds the same, because the order of finishing is part of
/// the search's state. Observations of an earlier search (<c>warmStart</c>) come first. Configurations outside the encoded space (a
/// narrowed one) are left out. A failed or non-finite trial has the loss +∞; each algorithm states what it makes of it.
/// </remarks>
/// <param name="encoding">The space.</param>
public sealed class Observations(SpaceEncoding encoding)
{
    private readonly List<double> _points = [];
    private readonly List<double> _losses = [];
    private readonly List<int> _trials = [];
    private readonly List<double[]> _pending = [];
    private bool _hasEarlier;
    private int _finished;

    /// <summary>The space.</summary>
    public SpaceEncoding Encoding => encoding;

    /// <summary>How many observations there are.</summary>
    public int Count => _losses.Count;

    /// <summary>How many of them, the first ones, are of an earlier search.</summary>
    public int Earlier { get; private set; }

    /// <summary>Losses, smaller is better; +∞ for a trial that failed.</summary>
    public ReadOnlySpan<double> Losses => CollectionsMarshal.AsSpan(_losses);

    /// <summary>Trial numbers; -1 for an observation of an earlier search.</summary>
    public ReadOnlySpan<int> Trials => CollectionsMarshal.AsSpan(_trials);

    /// <summary>Points of trials that wait, run or are paused, in order of their numbers.</summary>
    public IReadOnlyList<double[]> Pending => _pending;

    /// <summary>Looks a point up.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its coordinates; NaN for inactive parameters.</returns>
    public ReadOnlySpan<double> Point(int index) =>
        CollectionsMarshal.AsSpan(_points).Slice(index * encoding.Dimensions, encoding.Dimensions);

    /// <summary>Adds what became known since the last call, and looks at the pending trials anew.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        if (!_hasEarlier)
        {
            _hasEarlier = true;
            foreach (var earlier in view.Earlier)
            {
                Add(earlier.Values, earlier.Loss, -1);
            }

            Earlier = Count;
        }

        foreach (var (_, trial) in view.FinishedSince(_finished))
        {
            Add(trial.ResultValues, trial.Loss ?? double.PositiveInfinity, trial.Id.Number);
        }

        _finished = view.FinishedCount;
        _pending.Clear();
        foreach (var trial in view.Pending)
        {
            var point = new double[encoding.Dimensions];
            if (encoding.TryEncode(trial.Values, point))
            {
                _pending.Add(point);
            }
        }
    }

    /// <summary>Adds one that is known otherwise than by <see cref="Update"/>.</summary>
    /// <param name="point">Its coordinates.</param>
    /// <param name="loss">Its loss; +∞ for a trial that failed.</param>
    /// <param name="trial">Its number.</param>
    public void Add(ReadOnlySpan<double> point, double loss, int trial)
    {
        _points.AddRange(point);
        _losses.Add(loss);
        _trials.Add(trial);
    }

    private void Add(ParameterValues values, double loss, int trial)
    {
        var start = _points.Count;
        CollectionsMarshal.SetCount(_points, start + encoding.Dimensions);
        if (encoding.TryEncode(values, CollectionsMarshal.AsSpan(_points)[start..]))
        {
            _losses.Add(loss);
            _trials.Add(trial);
        }
        else
        {
            CollectionsMarshal.SetCount(_points, start);
        }
    }
}
