using SearchCluster.Models.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>TorchSharp's own optimizers: for a libtorch without the fused kernels, and to test them against.</summary>
internal sealed class TorchOptimizer : IParameterOptimizer
{
    private const string StateName = "torch-optim";

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly OptimizerHelper _optimizer;
    private readonly OptimizerKind _kind;

    public TorchOptimizer(IReadOnlyList<Parameter> parameters, OptimizerOptions options)
    {
        (_parameters, _kind) = (parameters, options.Kind);

        // The step size is set before each step; this one is never used.
        const double UnusedRate = 1;
        _optimizer = options.Kind switch
        {
            OptimizerKind.Adam => optim.Adam(
                parameters, UnusedRate, options.Beta1, options.Beta2, OptimizerDefaults.Epsilon, options.WeightDecay),
            OptimizerKind.AdamW =>
                optim.AdamW(parameters, UnusedRate, options.Beta1, options.Beta2, OptimizerDefaults.Epsilon, options.WeightDecay),
            OptimizerKind.RmsProp =>
                optim.RMSProp(parameters, UnusedRate, OptimizerDefaults.Alpha, OptimizerDefaults.Epsilon, options.WeightDecay),
            OptimizerKind.Momentum => optim.SGD(parameters, UnusedRate, options.Momentum, weight_decay: options.WeightDecay),
            OptimizerKind.Nesterov =>
                optim.SGD(parameters, UnusedRate, options.Momentum, weight_decay: options.WeightDecay, nesterov: options.Momentum > 0),
            _ => optim.SGD(parameters, UnusedRate, weight_decay: options.WeightDecay),
        };
    }

    public string BackEnd => $"torch-{_kind}";

    public void Step(IList<Tensor> gradients, double learningRate)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            _parameters[i].grad = gradients[i];
        }

        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }

        _optimizer.step();
    }

    public IReadOnlyList<StoredTensor> Save()
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            _optimizer.save_state_dict(writer);
        }

        return [StoredTensor.Of(StateName, memory.ToArray())];
    }

    public void Check(IReadOnlyDictionary<string, StoredTensor> state)
    {
        if (!state.ContainsKey(StateName))
        {
            throw TensorCodec.Mismatch($"the optimizer's state '{StateName}' is missing");
        }
    }

    public void Load(IReadOnlyDictionary<string, StoredTensor> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state[StateName].Bytes.ToArray()));
        _optimizer.load_state_dict(reader);
    }

    public void Dispose() => _optimizer.Dispose();
}
