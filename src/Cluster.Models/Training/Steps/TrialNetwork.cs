using SearchCluster.Models.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>A network under training with everything that changes while it trains, except its optimizer.</summary>
internal sealed class TrialNetwork : IDisposable
{
    private readonly (string Name, Tensor Tensor)[] _state;
    private readonly Tensor[] _kept;

    public TrialNetwork(nn.Module<Tensor, Tensor> module)
    {
        Module = module;
        Parameters = [.. module.parameters().Where(parameter => parameter.requires_grad)];
        ParameterTensors = [.. Parameters];
        _state = [
            .. module.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)),
            .. module.named_buffers().Select(entry => (entry.name, entry.buffer)),
        ];
        using var noGrad = no_grad();
        _kept = [.. _state.Select(entry => entry.Tensor.detach().clone().DetachFromDisposeScope())];
    }

    public nn.Module<Tensor, Tensor> Module { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The same parameters, as autograd wants them.</summary>
    public Tensor[] ParameterTensors { get; }

    /// <summary>Copies the present weights to the kept ones; the kept ones share no memory with the network.</summary>
    public void Keep() => Copy(from: index => _state[index].Tensor, to: index => _kept[index]);

    /// <summary>Copies the kept weights back into the network.</summary>
    public void RestoreKept() => Copy(from: index => _kept[index], to: index => _state[index].Tensor);

    public IEnumerable<StoredTensor> StoreWeights() => _state.Select(entry => TensorCodec.Store(entry.Name, entry.Tensor));

    public IEnumerable<StoredTensor> StoreKept() => _state.Select((entry, index) => TensorCodec.Store(entry.Name, _kept[index]));

    /// <summary>Checks saved weights without changing anything.</summary>
    public void Check(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        foreach (var (name, tensor) in _state)
        {
            TensorCodec.CheckFits(name, tensor, weights);
        }

        if (weights.Keys.FirstOrDefault(name => _state.All(entry => entry.Name != name)) is { } extra)
        {
            throw TensorCodec.Mismatch($"'{DisplayText.Shorten(extra)}' is not in the network");
        }
    }

    public void LoadWeights(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        foreach (var (name, tensor) in _state)
        {
            TensorCodec.CopyInto(tensor, weights[name]);
        }
    }

    public void LoadKept(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            TensorCodec.CopyInto(_kept[i], weights[_state[i].Name]);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _kept)
        {
            tensor.Dispose();
        }

        Module.Dispose();
    }

    private void Copy(Func<int, Tensor> from, Func<int, Tensor> to)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var i = 0; i < _kept.Length; i++)
        {
            to(i).copy_(from(i));
        }
    }
}
