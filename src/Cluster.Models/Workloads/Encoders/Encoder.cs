using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Turns inputs into a code of a few numbers.</summary>
internal sealed class Encoder : nn.Module<Tensor, Tensor>
{
    private readonly EncoderShape _shape;
    private readonly List<nn.Module<Tensor, Tensor>> _hidden = [];
    private readonly DenseLayer _code;

    public Encoder(EncoderShape shape, Activation activation, InitialWeights weights)
        : base(nameof(Encoder))
    {
        _shape = shape;
        for (var layer = 0; layer + 1 < shape.Channels.Length; layer++)
        {
            var (inputs, outputs) = (shape.Channels[layer], shape.Channels[layer + 1]);
            _hidden.Add(shape.IsConvolutional
                ? new ConvolutionUnit(inputs, outputs, 3, activation, weights, hasBatchNorm: false, stride: 2)
                : new DenseLayer(inputs, outputs, activation, weights));
        }

        _code = new(shape.Features, shape.Latent, null, weights);
        register_module("layers", new ModuleList<nn.Module<Tensor, Tensor>>([.. _hidden]));
        register_module("code", _code);
    }

    /// <summary>Computes what the code is made of, shape [rows, features].</summary>
    public Tensor Features(Tensor input) =>
        _hidden.Aggregate(_shape.IsConvolutional ? input : input.flatten(1), (current, layer) => layer.forward(current)).flatten(1);

    /// <summary>Computes the code from the features, shape [rows, latent].</summary>
    public Tensor Code(Tensor features) => _code.forward(features);

    public override Tensor forward(Tensor input) => Code(Features(input));
}
