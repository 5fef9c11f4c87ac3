namespace SearchCluster.Search.Sampling.Models;

/// <summary>Encoded points in the order of their losses, best first; of equal losses the one with the lower number comes first.</summary>
/// <remarks>The order does not depend on the one in which the points were added, so it can be kept or made anew alike.</remarks>
internal sealed class RankedPoints
{
    private readonly List<(double Loss, int Number, double[] Point)> _ranking = [];

    /// <summary>How many points there are.</summary>
    public int Count => _ranking.Count;

    /// <summary>How many of them have a finite loss; those come first.</summary>
    public int FiniteCount { get; private set; }

    /// <summary>The point of a rank, from 0.</summary>
    public double[] Point(int rank) => _ranking[rank].Point;

    /// <summary>The loss of a rank, from 0; +∞ for a failed trial.</summary>
    public double Loss(int rank) => _ranking[rank].Loss;

    /// <summary>Adds a point; O(log n) comparisons.</summary>
    /// <param name="point">The point; it is kept, not copied.</param>
    /// <param name="loss">Its loss; +∞ for a failed trial.</param>
    /// <param name="number">Which of two equal ones comes first; no two points share it.</param>
    public void Add(double[] point, double loss, int number)
    {
        var (first, last) = (0, _ranking.Count);
        while (first < last)
        {
            var middle = (first + last) / 2;
            var order = _ranking[middle].Loss.CompareTo(loss) is not 0 and var byLoss ? byLoss : _ranking[middle].Number.CompareTo(number);
            (first, last) = order <= 0 ? (middle + 1, last) : (first, middle);
        }

        _ranking.Insert(first, (loss, number, point));
        FiniteCount += double.IsFinite(loss) ? 1 : 0;
    }
}
