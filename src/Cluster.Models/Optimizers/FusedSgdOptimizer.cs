using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>Gradient descent, with or without momentum, heavy-ball or Nesterov's, through libtorch's <c>_fused_sgd_</c>.</summary>
internal sealed class FusedSgdOptimizer : IParameterOptimizer
{
    private readonly AtenDispatcher _aten;
    private readonly double _momentum;
    private readonly bool _isNesterov;
    private readonly double _weightDecay;
    private readonly Tensor[] _buffers;
    private readonly nint[] _parameterHandles, _bufferHandles, _gradientHandles;
    private long _steps;

    public FusedSgdOptimizer(AtenDispatcher aten, IReadOnlyList<Parameter> parameters, OptimizerOptions options)
    {
        _aten = aten;
        _momentum = options.Kind is OptimizerKind.Momentum or OptimizerKind.Nesterov ? options.Momentum : 0;
        _isNesterov = options.Kind == OptimizerKind.Nesterov && _momentum > 0;
        _weightDecay = options.WeightDecay;
        _buffers = _momentum > 0 ? OptimizerTensors.ZerosLike(parameters) : [];
        _parameterHandles = OptimizerTensors.Handles(parameters);
        _bufferHandles = OptimizerTensors.Handles(_buffers);
        _gradientHandles = new nint[parameters.Count];
    }

    public string BackEnd => _isNesterov ? "fused-nesterov" : "fused-sgd";

    public void Step(IList<Tensor> gradients, double learningRate)
    {
        OptimizerTensors.FillHandles(gradients, _gradientHandles);
        FusedKernels.Sgd(_aten, new SgdArguments(
            _parameterHandles,
            _gradientHandles,
            _bufferHandles,
            learningRate,
            _momentum,
            _weightDecay,
            IsFirstStep: _momentum > 0 && _steps == 0,
            _isNesterov));
        _steps++;
    }

    public IReadOnlyList<StoredTensor> Save() => [StoredTensor.Of("steps", _steps), .. OptimizerTensors.Store("momentum", _buffers)];

    public void Check(IReadOnlyDictionary<string, StoredTensor> state)
    {
        TensorCodec.CheckShape("steps", state, StoredType.I64, []);
        OptimizerTensors.Check("momentum", _buffers, state);
    }

    public void Load(IReadOnlyDictionary<string, StoredTensor> state)
    {
        OptimizerTensors.Load("momentum", _buffers, state);
        _steps = state["steps"].ToInt64();
    }

    public void Dispose() => OptimizerTensors.Dispose(_buffers);
}
