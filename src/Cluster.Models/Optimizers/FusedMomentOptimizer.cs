using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>Adam, AdamW and RMSprop through libtorch's <c>_fused_adam_</c> and <c>_fused_adamw_</c>.</summary>
/// <remarks>
/// RMSprop is Adam with β1 = 0 (the first moment is the gradient itself), β2 = α and no bias correction. The kernel computes the
/// correction 1 - β2^step from the step it is told, so a step at which 0.99^step is below the smallest double gives exactly 1.
/// Sources: Kingma and Ba, "Adam", ICLR 2015, algorithm 1; Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019,
/// algorithm 2; Tieleman and Hinton, "RMSProp", COURSERA lecture 6.5, 2012.
/// </remarks>
internal sealed unsafe class FusedMomentOptimizer : IParameterOptimizer
{
    // 0.99^1e6 underflows to 0, and 1e6 is exact in single precision.
    private const float SettledStep = 1e6f;

    private readonly AtenDispatcher _aten;
    private readonly bool _isAdam;
    private readonly OptimizerOptions _options;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly Tensor _step;
    private readonly Tensor? _one;
    private readonly float* _hostStep;
    private readonly nint[] _parameterHandles, _firstHandles, _secondHandles, _stepHandles, _gradientHandles;
    private long _steps;

    public FusedMomentOptimizer(AtenDispatcher aten, IReadOnlyList<Parameter> parameters, OptimizerOptions options)
    {
        (_aten, _isAdam, _options) = (aten, options.Kind != OptimizerKind.RmsProp, options);
        _first = OptimizerTensors.ZerosLike(parameters);
        _second = OptimizerTensors.ZerosLike(parameters);

        // All parameters share one step tensor: they always step together.
        var device = parameters[0].device;
        _step = full([], Scalars.Of(_isAdam ? 0 : SettledStep), float32, device).DetachFromDisposeScope();
        _one = device.type == DeviceType.CPU ? null : ones([], float32, device).DetachFromDisposeScope();
        _hostStep = _one is null ? aten.DataOf(_step) : null;
        _parameterHandles = OptimizerTensors.Handles(parameters);
        _firstHandles = OptimizerTensors.Handles(_first);
        _secondHandles = OptimizerTensors.Handles(_second);
        _stepHandles = new nint[parameters.Count];
        Array.Fill(_stepHandles, _step.Handle);
        _gradientHandles = new nint[parameters.Count];
    }

    public string BackEnd =>
        _options.Kind switch { OptimizerKind.Adam => "fused-adam", OptimizerKind.AdamW => "fused-adamw", _ => "fused-rmsprop" };

    public void Step(IList<Tensor> gradients, double learningRate)
    {
        OptimizerTensors.FillHandles(gradients, _gradientHandles);
        _steps++;
        if (_isAdam)
        {
            Advance();
        }

        FusedKernels.Adam(_aten, new AdamArguments
        {
            Parameters = _parameterHandles,
            Gradients = _gradientHandles,
            FirstMoments = _firstHandles,
            SecondMoments = _secondHandles,
            Steps = _stepHandles,
            LearningRate = learningRate,
            Beta1 = _isAdam ? _options.Beta1 : 0,
            Beta2 = _isAdam ? _options.Beta2 : OptimizerDefaults.Alpha,
            WeightDecay = _options.WeightDecay,
            Epsilon = OptimizerDefaults.Epsilon,
            IsDecoupled = _options.Kind == OptimizerKind.AdamW,
        });
    }

    public IReadOnlyList<StoredTensor> Save() =>
    [
        StoredTensor.Of("steps", _steps),
        .. OptimizerTensors.Store("first", _first),
        .. OptimizerTensors.Store("second", _second),
    ];

    public void Check(IReadOnlyDictionary<string, StoredTensor> state)
    {
        TensorCodec.CheckShape("steps", state, StoredType.I64, []);
        OptimizerTensors.Check("first", _first, state);
        OptimizerTensors.Check("second", _second, state);
    }

    public void Load(IReadOnlyDictionary<string, StoredTensor> state)
    {
        OptimizerTensors.Load("first", _first, state);
        OptimizerTensors.Load("second", _second, state);
        _steps = state["steps"].ToInt64();
        if (_isAdam)
        {
            using var noGrad = no_grad();
            _step.Fill(_steps);
        }
    }

    public void Dispose()
    {
        OptimizerTensors.Dispose(_first);
        OptimizerTensors.Dispose(_second);
        _step.Dispose();
        _one?.Dispose();
    }

    private void Advance()
    {
        if (_hostStep is not null)
        {
            *_hostStep = _steps;
        }
        else
        {
            using var noGrad = no_grad();
            _step.Increase(_one!);
        }
    }
}
