using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>What the metrics of a part are sums of, row by row, so that they can be computed anew for rows that are drawn again.</summary>
/// <remarks>
/// Scores such as F1, R² and intersection over union are no means over rows, but functions of sums. Of many rows, neighbours are summed in
/// blocks that are drawn together, so that the cost has a bound; neighbours that are alike (windows of a series) then count as what they
/// are. A row adds to few of many sums, so the sums of a block are kept sparse.
/// </remarks>
internal sealed class RowSums
{
    /// <summary>Rows that are told apart; of more, neighbours make a block.</summary>
    public const int MostBlocks = 2_000;

    private readonly Dictionary<int, double>[] _blocks;
    private readonly int _rows;
    private Func<double[], double[]> _summarise = _ => [];

    /// <param name="rows">How many rows there are.</param>
    public RowSums(int rows) =>
        (_rows, _blocks) = (rows, [.. Enumerable.Range(0, Math.Min(rows, MostBlocks)).Select(_ => new Dictionary<int, double>())]);

    /// <summary>The metrics, in the order of <see cref="Summarise"/>.</summary>
    public IReadOnlyList<ScoreDefinition> Metrics { get; private set; } = [];

    /// <summary>Units that are drawn.</summary>
    public int Count => _blocks.Length;

    /// <summary>How many sums there are.</summary>
    public int Length { get; private set; }

    /// <summary>A metric that is a mean over rows.</summary>
    public static RowSums Of(RowScore score)
    {
        var sums = new RowSums(score.Rows.Count)
        {
            Length = 2,
            Metrics = [new(score.Metric, score.Direction)],
            _summarise = sum => [sum[0] / sum[1]],
        };
        for (var row = 0; row < score.Rows.Count; row++)
        {
            var weight = score.Weights?[row] ?? 1;
            sums.Add(sums.BlockOf(row), 0, weight * score.Rows[row]);
            sums.Add(sums.BlockOf(row), 1, weight);
        }

        return sums;
    }

    /// <summary>Adds some rows.</summary>
    /// <param name="task">Whose loss and scores they are.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="output">The network's output for them.</param>
    public void Add(ITask task, int start, Batch batch, Tensor output)
    {
        var count = (int)batch.Targets.size(0);
        for (var from = 0; from < count;)
        {
            var block = BlockOf(start + from);
            var to = from + 1;
            while (to < count && BlockOf(start + to) == block)
            {
                to++;
            }

            AddBlock(
                task,
                block,
                new(batch.Inputs.narrow(0, from, to - from), batch.Targets.narrow(0, from, to - from)),
                output.narrow(0, from, to - from));
            from = to;
        }

        Metrics = [ScoreDefinition.Of("loss"), .. task.Scores];
        _summarise = sums => [sums[0] / sums[1], .. task.Summarise(sums.AsSpan(2))];
    }

    /// <summary>Adds a block to sums, as often as it was drawn.</summary>
    public void AddTo(double[] sums, int block, int times)
    {
        foreach (var (place, value) in _blocks[block])
        {
            sums[place] += times * value;
        }
    }

    /// <summary>The metrics that follow from sums.</summary>
    public double[] Summarise(double[] sums) => _summarise(sums);

    private int BlockOf(int row) => (int)((long)row * _blocks.Length / _rows);

    private void AddBlock(ITask task, int block, Batch batch, Tensor output)
    {
        using var scope = NewDisposeScope();
        var weight = task.WeightOf(batch)?.to(float64).cpu().item<double>() ?? batch.Targets.size(0);
        var loss = weight > 0 ? task.Loss(output, batch).to(float64).cpu().item<double>() : 0;
        Add(block, 0, weight * loss);
        Add(block, 1, weight);
        var statistics = task.Statistics(output, batch).cpu().data<double>().ToArray();
        for (var i = 0; i < statistics.Length; i++)
        {
            Add(block, i + 2, statistics[i]);
        }

        Length = statistics.Length + 2;
    }

    private void Add(int block, int place, double value)
    {
        if (value != 0)
        {
            _blocks[block][place] = _blocks[block].GetValueOrDefault(place) + value;
        }
    }
}
