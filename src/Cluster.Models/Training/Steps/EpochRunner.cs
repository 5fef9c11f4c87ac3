using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Trains one epoch and evaluates one part; everything that runs per step is here.</summary>
/// <remarks>
/// A step makes as few libtorch calls as it can: the part is shuffled once per epoch by one index select,
/// batches are views of it, gradients come from one call, the optimizer is one call, and the loss is summed on
/// the device and read once per epoch. All calls of an attempt are on one thread: dispose scopes and the
/// gradient mode belong to the thread.
/// </remarks>
internal sealed class EpochRunner
{
    // Rows of a large part are gathered batch by batch: a shuffled copy would double its memory.
    private const long LargestShuffledBytes = 256L << 20;

    private readonly ITask _task;
    private readonly DataSet _data;
    private readonly TrialNetwork _network;
    private readonly IParameterOptimizer _optimizer;
    private readonly TrainingRecipe _recipe;
    private readonly NoiseSource _noise;
    private readonly IAugmentation? _augmentation;
    private readonly BatchOrder _order;
    private readonly int _batchSize;
    private readonly Tensor[] _lossSlot = new Tensor[1];

    public EpochRunner(
        ITask task,
        DataSet data,
        TrialNetwork network,
        IParameterOptimizer optimizer,
        TrainingRecipe recipe,
        NoiseSource noise,
        ulong searchSeed,
        IAugmentation? augmentation = null)
    {
        (_task, _data, _network, _optimizer, _recipe, _noise, _augmentation) = (
            task, data, network, optimizer, recipe, noise, augmentation);
        _order = new(data.Train, searchSeed, recipe.WeightedSampling);
        _batchSize = recipe.Optimizer.Kind == OptimizerKind.Lbfgs ? data.Train.Rows : Math.Min(recipe.BatchSize, data.Train.Rows);
    }

    /// <summary>Loss of the first batch of the first epoch, before any step: that of the untrained network.
    /// Null when another runner trained that epoch.</summary>
    public double? UntrainedLoss { get; private set; }

    /// <summary>Called before each batch of an evaluation.</summary>
    public Action BeforeEvaluation { get; init; } = static () => { };

    /// <summary>Trains on every row once, or on as many rows drawn by weight.</summary>
    /// <param name="epoch">From 1; all trials of a search see the rows of an epoch in the same order.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="beforeStep">Called before each step; may throw to end the epoch.</param>
    /// <returns>Mean loss over the rows, each at the weights of its step.</returns>
    public double Train(int epoch, double learningRate, Action beforeStep)
    {
        using var scope = NewDisposeScope();
        var part = _data.Train;
        var order = tensor(_order.Draw(epoch)).to(part.Inputs.device);
        var isShuffled = part.Inputs.numel() * part.Inputs.element_size() <= LargestShuffledBytes;
        var shuffled = isShuffled ? new Batch(part.Inputs.index_select(0, order), part.Targets.index_select(0, order)) : default;
        var lossSum = zeros([], float32, _data.Device);
        _noise.Restart(epoch);
        _network.Module.train();
        var used = _recipe.DropLast ? part.Rows - (part.Rows % _batchSize) : part.Rows;
        for (var start = 0; start < used; start += _batchSize)
        {
            beforeStep();
            using var step = NewDisposeScope();
            var rows = Math.Min(_batchSize, used - start);
            var batch = Prepare(isShuffled ? Narrow(shuffled, start, rows) : Gather(part, order.narrow(0, start, rows)));
            if (_augmentation is not null)
            {
                batch = _augmentation.Apply(batch, _noise);
            }

            var loss = _task.Loss(_network.Module.forward(batch.Inputs), batch);
            Trainable.RequireGradient(_network.Module, loss);
            _lossSlot[0] = loss;
            var gradients = autograd.grad(_lossSlot, _network.ParameterTensors, allow_unused: true);
            using var noGrad = no_grad();
            if (epoch == 1 && start == 0)
            {
                UntrainedLoss = loss.item<float>();
            }

            FillUnused(gradients);
            if (_recipe.GradientClip > 0)
            {
                Constraints.Clip(gradients, _recipe.GradientClip);
            }

            _optimizer.Step(gradients, learningRate);
            if (_recipe.MaxNorm > 0)
            {
                Constraints.LimitNorms(_network.ParameterTensors, _recipe.MaxNorm);
            }

            lossSum.add_(loss, Scalars.Of((long)rows));
        }

        return lossSum.item<float>() / (double)used;
    }

    /// <summary>Measures the network on a part.</summary>
    /// <returns>Mean loss, then each score.</returns>
    public double[] Evaluate(DataPart part)
    {
        _network.Module.eval();
        return PartEvaluation.Of(_task, _data.Shape, part.Rows, (start, rows) =>
        {
            BeforeEvaluation();
            var batch = Prepare(Narrow(new(part.Inputs, part.Targets), start, rows));
            return (batch, NetworkOutput.Of(_network.Module, _task, batch.Inputs, _noise, _recipe.PredictionSamples));
        });
    }

    // A network may have parameters that this batch does not use; libtorch would end the process over one if it were not allowed.
    private void FillUnused(IList<Tensor> gradients)
    {
        var unused = 0;
        for (var i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is not { IsInvalid: false })
            {
                unused++;
                gradients[i] = zeros_like(_network.ParameterTensors[i]);
            }
        }

        Trainable.RequireUse(_network.Module, unused, gradients.Count);
    }

    private static Batch Narrow(Batch batch, int start, int rows) =>
        new(batch.Inputs.narrow(0, start, rows), batch.Targets.narrow(0, start, rows));

    private static Batch Gather(DataPart part, Tensor rows) => new(part.Inputs.index_select(0, rows), part.Targets.index_select(0, rows));

    // Rows that are kept on disk come to the device here; masks are two bytes for each pixel until they are needed.
    private Batch Prepare(Batch batch)
    {
        var targets = batch.Targets.to(_data.Device);
        return new(_data.Prepare(batch.Inputs.to(_data.Device)), targets.dtype == ScalarType.Int16 ? targets.to(int64) : targets);
    }
}
