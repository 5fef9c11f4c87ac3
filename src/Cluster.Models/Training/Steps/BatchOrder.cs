using SearchCluster.Models.Data;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Draws the order in which an epoch takes the training rows; all trials of a search see the same one.</summary>
internal sealed class BatchOrder
{
    private readonly ulong _searchSeed;
    private readonly long[] _order;
    private readonly long[][]? _rowsOfClasses;

    /// <param name="part">The training rows.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <param name="isWeighted">Draw with replacement so that all classes come equally often; needs one class for each row.</param>
    public BatchOrder(DataPart part, ulong searchSeed, bool isWeighted)
    {
        _searchSeed = searchSeed;
        _order = new long[part.Rows];
        if (isWeighted)
        {
            using var scope = NewDisposeScope();
            var classes = part.Targets.cpu().data<long>().ToArray();
            _rowsOfClasses = [.. Enumerable.Range(0, classes.Length)
                .GroupBy(row => classes[row])
                .OrderBy(group => group.Key)
                .Select(group => group.Select(row => (long)row).ToArray())];
        }
    }

    /// <summary>Draws the order of an epoch.</summary>
    /// <param name="epoch">From 1.</param>
    /// <returns>Row numbers; the same array at every call.</returns>
    public long[] Draw(int epoch)
    {
        var stream = SeedSequence.Stream(_searchSeed, StreamPurpose.BatchOrder, epoch);
        if (_rowsOfClasses is { } groups)
        {
            for (var i = 0; i < _order.Length; i++)
            {
                var rows = groups[stream.NextInteger(0, groups.Length - 1)];
                _order[i] = rows[stream.NextInteger(0, rows.Length - 1)];
            }

            return _order;
        }

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        stream.Shuffle<long>(_order);
        return _order;
    }
}
