using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>A multi-layer perceptron: dense layers one after the other.</summary>
internal sealed class MlpNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer[] _order;

    private MlpNetwork(DenseLayer[] order)
        : base(nameof(MlpNetwork))
    {
        _order = order;
        register_module("layers", new ModuleList<DenseLayer>(order));
    }

    public static MlpNetwork Create(MlpOptions options, ulong seed, Device device)
    {
        var sizes = options.Sizes.ToArray();
        var order = new DenseLayer[sizes.Length - 1];
        for (var layer = 0; layer < order.Length; layer++)
        {
            var weights = InitialWeights.Draw(options, layer, sizes[layer], sizes[layer + 1], seed).to(device);
            order[layer] = new DenseLayer(weights, layer < options.HiddenLayers ? options.Activation : null);
        }

        return new(order);
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in _order)
        {
            input = layer.forward(input);
        }

        return input;
    }
}
