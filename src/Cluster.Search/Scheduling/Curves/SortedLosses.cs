namespace SearchCluster.Search.Scheduling.Curves;

/// <summary>Losses of several trials at one resource level, best first.</summary>
internal sealed class SortedLosses
{
    private readonly List<double> _losses = [];

    /// <summary>How many there are.</summary>
    public int Count => _losses.Count;

    /// <summary>Adds one; O(log n) comparisons, then up to n are moved.</summary>
    /// <param name="loss">A loss, possibly infinite.</param>
    public void Add(double loss)
    {
        var index = _losses.BinarySearch(loss);
        _losses.Insert(index < 0 ? ~index : index, loss);
    }

    /// <summary>Finds the rank that a loss has or would have.</summary>
    /// <returns>One more than the number of better ones.</returns>
    public int RankOf(double loss)
    {
        var (low, high) = (0, _losses.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _losses[middle] < loss ? (middle + 1, high) : (low, middle);
        }

        return low + 1;
    }

    /// <summary>Computes a quantile by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996).</summary>
    /// <param name="share">From 0 (the best) to 1 (the worst); there is at least one loss.</param>
    /// <returns>The quantile, infinite when a neighbour that counts is.</returns>
    public double Quantile(double share)
    {
        var place = share * (_losses.Count - 1);
        var (below, weight) = ((int)place, place - Math.Floor(place));
        return weight == 0 || _losses[below] == _losses[below + 1]
            ? _losses[below]
            : (_losses[below] * (1 - weight)) + (_losses[below + 1] * weight);
    }
}
