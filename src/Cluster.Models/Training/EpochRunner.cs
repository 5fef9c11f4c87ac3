using SearchCluster.Models.Data;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Workloads;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training;

/// <summary>Trains one epoch and evaluates one part; everything that runs per step is here.</summary>
/// <remarks>
/// A step makes as few libtorch calls as it can: the part is shuffled once per epoch by one index select, batches are views of it, gradients
/// come from one call, the optimizer is one call, and the loss is summed on the device and read once per epoch. All calls of an attempt
/// are on one thread: dispose scopes and the gradient mode belong to the thread.
/// </remarks>
internal sealed class EpochRunner : IDisposable
{
    private const int EvaluationRows = 8192;

    private readonly INetworkWorkload _workload;
    private readonly DataSet _data;
    private readonly TrialNetwork _network;
    private readonly IParameterOptimizer _optimizer;
    private readonly ulong _searchSeed;
    private readonly int _batchSize;
    private readonly Scalar _batchRows;
    private readonly Scalar _lastBatchRows;
    private readonly Tensor[] _lossSlot = new Tensor[1];
    private readonly long[] _order;

    public EpochRunner(INetworkWorkload workload, DataSet data, TrialNetwork network, IParameterOptimizer optimizer, int batchSize, ulong searchSeed)
    {
        (_workload, _data, _network, _optimizer, _searchSeed) = (workload, data, network, optimizer, searchSeed);
        _batchSize = Math.Min(batchSize, data.Train.Rows);
        _batchRows = _batchSize;
        _lastBatchRows = data.Train.Rows % _batchSize;
        _order = new long[data.Train.Rows];
    }

    /// <summary>Trains on every row once.</summary>
    /// <param name="epoch">From 1; all trials of a search see the rows of an epoch in the same order.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="beforeStep">Called before each step; may throw to end the epoch.</param>
    /// <returns>Mean loss over the rows, each at the weights of its step.</returns>
    public double Train(int epoch, double learningRate, Action beforeStep)
    {
        using var scope = NewDisposeScope();
        var part = _data.Train;
        var order = DrawOrder(epoch).to(part.Features.device);
        var features = part.Features.index_select(0, order);
        var targets = part.Targets.index_select(0, order);
        var lossSum = zeros([], float32, part.Features.device);
        _network.Module.train();
        for (var start = 0; start < part.Rows; start += _batchSize)
        {
            beforeStep();
            using var step = NewDisposeScope();
            var rows = Math.Min(_batchSize, part.Rows - start);
            var loss = _workload.Loss(_network.Module.forward(features.narrow(0, start, rows)), targets.narrow(0, start, rows));
            _lossSlot[0] = loss;
            var gradients = autograd.grad(_lossSlot, _network.ParameterTensors);
            _optimizer.Step(gradients, learningRate);
            using var noGrad = no_grad();
            lossSum.add_(loss, rows == _batchSize ? _batchRows : _lastBatchRows);
        }

        return lossSum.item<float>() / (double)part.Rows;
    }

    /// <summary>Measures the network on a part.</summary>
    /// <returns>Mean loss, then the mean of each score.</returns>
    public double[] Evaluate(DataPart part)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _network.Module.eval();
        var sums = new Tensor[1 + _workload.Scores.Count];
        for (var start = 0; start < part.Rows; start += EvaluationRows)
        {
            var rows = Math.Min(EvaluationRows, part.Rows - start);
            var targets = part.Targets.narrow(0, start, rows);
            var output = _network.Module.forward(part.Features.narrow(0, start, rows));
            Accumulate(sums, 0, _workload.Loss(output, targets).to(float64).mul(rows));
            var scores = _workload.SumScores(output, targets);
            for (var i = 0; i < scores.Count; i++)
            {
                Accumulate(sums, i + 1, scores[i].to(float64));
            }
        }

        return Array.ConvertAll(stack(sums).cpu().data<double>().ToArray(), sum => sum / part.Rows);
    }

    public void Dispose()
    {
        _batchRows.Dispose();
        _lastBatchRows.Dispose();
    }

    private static void Accumulate(Tensor[] sums, int index, Tensor value) => sums[index] = sums[index] is { } sum ? sum.add(value) : value;

    private Tensor DrawOrder(int epoch)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        SeedSequence.Stream(_searchSeed, StreamPurpose.BatchOrder, epoch).Shuffle<long>(_order);
        return tensor(_order);
    }
}
