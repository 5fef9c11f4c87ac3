using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>An encoder and a decoder; the output should be the input.</summary>
internal sealed class AutoencoderNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    public AutoencoderNetwork(NetworkContext context)
        : base(nameof(AutoencoderNetwork))
    {
        var (shape, activation, weights) = (EncoderShape.Of(context.Hyperparameters, context.Shape), Activations.Read(context.Hyperparameters), new InitialWeights(context));
        _encoder = new(shape, activation, weights);
        _decoder = new(shape, context.Shape.Input, activation, weights);
        register_module("encoder", _encoder);
        register_module("decoder", _decoder);
    }

    public override Tensor forward(Tensor input) => _decoder.forward(_encoder.forward(input));
}
