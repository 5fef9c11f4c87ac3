using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Turns a code back into an input; mirrors the encoder, with doubling of the image before each convolution.</summary>
/// <remarks>The nearest pixel is repeated and then convolved: transposed convolutions leave checkerboards
/// (Odena, Dumoulin and Olah, Distill 2016).</remarks>
internal sealed class Decoder : nn.Module<Tensor, Tensor>
{
    private readonly EncoderShape _shape;
    private readonly long[] _input;
    private readonly DenseLayer _start;
    private readonly List<nn.Module<Tensor, Tensor>> _layers = [];

    public Decoder(EncoderShape shape, IEnumerable<long> input, Activation activation, InitialWeights weights)
        : base(nameof(Decoder))
    {
        (_shape, _input) = (shape, [.. input]);
        _start = new(shape.Latent, shape.Features, activation, weights);
        for (var layer = shape.Channels.Length - 1; layer > 0; layer--)
        {
            var (from, to, last) = (shape.Channels[layer], shape.Channels[layer - 1], layer == 1);
            _layers.Add(shape.IsConvolutional
                ? new ConvolutionUnit(from, to, 3, last ? null : activation, weights, hasBatchNorm: false)
                : new DenseLayer(from, to, last ? null : activation, weights));
        }

        register_module("start", _start);
        register_module("layers", new ModuleList<nn.Module<Tensor, Tensor>>([.. _layers]));
    }

    public override Tensor forward(Tensor input)
    {
        var output = _start.forward(input);
        output = _shape.IsConvolutional ? output.reshape(-1, _shape.Channels[^1], _shape.Heights[^1], _shape.Widths[^1]) : output;
        for (var layer = 0; layer < _layers.Count; layer++)
        {
            if (_shape.IsConvolutional)
            {
                var size = _layers.Count - 1 - layer;
                output = nn.functional.interpolate(output, [_shape.Heights[size], _shape.Widths[size]], mode: InterpolationMode.Nearest);
            }

            output = _layers[layer].forward(output);
        }

        return output.reshape([-1, .. _input]);
    }
}
