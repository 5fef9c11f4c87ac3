using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>A multi-layer perceptron: dense layers one after the other, with dropout between them.</summary>
internal sealed class MlpNetwork : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer[] _order;
    private readonly DropoutLayer _dropout;

    public MlpNetwork(NetworkContext context, int hiddenLayers, int hiddenSize, double dropout)
        : base(nameof(MlpNetwork))
    {
        var weights = new InitialWeights(context);
        var activation = hiddenLayers == 0 ? (Activation?)null : Activations.Read(context.Hyperparameters);
        var sizes = Sizes(context.Shape.InputSize, hiddenLayers, hiddenSize, context.Shape.Outputs).ToArray();
        _order = new DenseLayer[sizes.Length - 1];
        for (var layer = 0; layer < _order.Length; layer++)
        {
            _order[layer] = new(sizes[layer], sizes[layer + 1], layer < hiddenLayers ? activation : null, weights);
        }

        _dropout = new(dropout, context.Noise);
        register_module("layers", new ModuleList<DenseLayer>(_order));
        register_module("dropout", _dropout);
    }

    /// <summary>Sizes of the layers from the input to the output.</summary>
    public static IEnumerable<long> Sizes(long inputs, int hiddenLayers, int hiddenSize, int outputs) =>
        [inputs, .. Enumerable.Repeat((long)hiddenSize, hiddenLayers), outputs];

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
