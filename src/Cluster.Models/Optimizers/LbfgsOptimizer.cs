using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>Limited-memory BFGS with the two-loop recursion; one step of the given size along its direction for
/// each gradient of the whole training part.</summary>
/// <remarks>
/// Source: Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithms 7.4 and 7.5. There is no line
/// search: the first step has length min(1, 1 / |g|₁) times the step size, later ones the step size itself, for
/// which 1 is natural. A pair whose curvature is not clearly positive is left out, so the approximation stays positive definite. The cost
/// is that of 4 × 10 passes over the parameters.
/// </remarks>
internal sealed class LbfgsOptimizer : IParameterOptimizer
{
    private const int History = 10;
    private const double SmallestCurvature = 1e-10;

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly double _weightDecay;
    private readonly long[] _sizes;

    // Ring buffers: steps s, gradient differences y, and 1 / (y·s); the last gradient and the last step.
    private readonly Tensor _steps, _differences, _inverses, _gradient, _step;
    private long _pairs, _count;

    public LbfgsOptimizer(IReadOnlyList<Parameter> parameters, double weightDecay)
    {
        (_parameters, _weightDecay) = (parameters, weightDecay);
        _sizes = [.. parameters.Select(parameter => parameter.numel())];
        var (total, device) = (_sizes.Sum(), parameters[0].device);
        _steps = zeros([History, total], float32, device).DetachFromDisposeScope();
        _differences = zeros([History, total], float32, device).DetachFromDisposeScope();
        _inverses = zeros([History], float64).DetachFromDisposeScope();
        _gradient = zeros([total], float32, device).DetachFromDisposeScope();
        _step = zeros([total], float32, device).DetachFromDisposeScope();
    }

    public string BackEnd => "lbfgs";

    public void Step(IList<Tensor> gradients, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var gradient = cat(
            [.. gradients.Zip(_parameters, (g, p) => (_weightDecay > 0 ? g.Plus(p.mul(Scalars.Of(_weightDecay))) : g).flatten())]);
        if (_count > 0)
        {
            Remember(gradient);
        }

        var direction = Direction(gradient);
        var length = learningRate * (_count == 0 ? Math.Min(1, 1 / Math.Max(gradient.abs().sum().item<float>(), float.Epsilon)) : 1);
        _step.copy_(direction.Times(-length));
        _gradient.copy_(gradient);
        _count++;
        var pieces = _step.split(_sizes);
        for (var i = 0; i < _parameters.Count; i++)
        {
            _parameters[i].Increase(pieces[i].reshape(_parameters[i].shape));
        }
    }

    public IReadOnlyList<StoredTensor> Save() =>
    [
        StoredTensor.Of("count", _count),
        StoredTensor.Of("pairs", _pairs),
        .. State().Select(entry => TensorCodec.Store(entry.Name, entry.Tensor)),
    ];

    public void Check(IReadOnlyDictionary<string, StoredTensor> state)
    {
        TensorCodec.CheckShape("count", state, StoredType.I64, []);
        TensorCodec.CheckShape("pairs", state, StoredType.I64, []);
        foreach (var (name, tensor) in State())
        {
            TensorCodec.CheckFits(name, tensor, state);
        }
    }

    public void Load(IReadOnlyDictionary<string, StoredTensor> state)
    {
        (_count, _pairs) = (state["count"].ToInt64(), state["pairs"].ToInt64());
        foreach (var (name, tensor) in State())
        {
            TensorCodec.CopyInto(tensor, state[name]);
        }
    }

    public void Dispose() => OptimizerTensors.Dispose(State().Select(entry => entry.Tensor));

    private (string Name, Tensor Tensor)[] State() =>
        [("steps", _steps), ("differences", _differences), ("inverses", _inverses), ("gradient", _gradient), ("step", _step)];

    private void Remember(Tensor gradient)
    {
        var difference = gradient.sub(_gradient);
        var curvature = difference.dot(_step).item<float>();
        if (curvature <= SmallestCurvature)
        {
            return;
        }

        var slot = _pairs % History;
        _steps[slot].copy_(_step);
        _differences[slot].copy_(difference);
        _inverses[slot].Fill(1.0 / curvature);
        _pairs++;
    }

    private Tensor Direction(Tensor gradient)
    {
        var direction = gradient.clone();
        var first = Math.Max(0, _pairs - History);
        var shares = new Dictionary<long, float>();
        for (var pair = _pairs - 1; pair >= first; pair--)
        {
            var slot = pair % History;
            shares[pair] = (float)_inverses[slot].item<double>() * _steps[slot].dot(direction).item<float>();
            direction.sub_(_differences[slot].Times(shares[pair]));
        }

        if (_pairs > 0)
        {
            var newest = _differences[(_pairs - 1) % History];
            using var scale = Scalars.New(
                (float)(1 / (_inverses[(_pairs - 1) % History].item<double>() * newest.dot(newest).item<float>())));
            direction.mul_(scale);
        }

        for (var pair = first; pair < _pairs; pair++)
        {
            var slot = pair % History;
            var back = (float)_inverses[slot].item<double>() * _differences[slot].dot(direction).item<float>();
            direction.Increase(_steps[slot].Times(shares[pair] - back));
        }

        return direction;
    }
}
