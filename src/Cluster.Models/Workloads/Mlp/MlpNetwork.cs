using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>A multi-layer perceptron: dense layers one after the other, with dropout between them.</summary>
internal sealed class MlpNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer[] _order;
    private readonly DropoutLayer _dropout;

    public MlpNetwork(MlpOptions options, NetworkContext context)
        : base(nameof(MlpNetwork))
    {
        context.RequireNumbers("mlp");
        var weights = new InitialWeights(context);
        Activation? activation = options.NumLayers == 0 ? null : Activations.Read(context.Hyperparameters);
        var sizes = Sizes(options, context.Shape);
        _order = new DenseLayer[sizes.Length - 1];
        for (var layer = 0; layer < _order.Length; layer++)
        {
            _order[layer] = new(sizes[layer], sizes[layer + 1], layer < options.NumLayers ? activation : null, weights);
        }

        _dropout = new(options.Layers.Dropouts.Dropout, context.Noise);
        register_module("layers", new ModuleList<DenseLayer>(_order));
        register_module("dropout", _dropout);
    }

    /// <summary>Sizes of the layers from the input to the output.</summary>
    public static long[] Sizes(MlpOptions options, DataShape shape) =>
        [shape.InputSize, .. Enumerable.Repeat((long)options.HiddenSize, options.NumLayers), shape.Outputs];

    public override Tensor forward(Tensor input)
    {
        input = input.dim() > 2 ? input.flatten(1) : input;
        for (var layer = 0; layer < _order.Length; layer++)
        {
            input = _order[layer].forward(input);
            if (layer < _order.Length - 1)
            {
                input = _dropout.forward(input);
            }
        }

        return input;
    }
}
