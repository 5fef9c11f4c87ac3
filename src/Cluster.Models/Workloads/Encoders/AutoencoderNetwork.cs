using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>An encoder and a decoder; the output should be the input.</summary>
internal sealed class AutoencoderNetwork : nn.Module<Tensor, Tensor>, IAutoencoder
{
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    public AutoencoderNetwork(EncoderOptions options, NetworkContext context)
        : base(nameof(AutoencoderNetwork))
    {
        var (shape, activation, weights) = (
            EncoderShape.Of(options, context.Shape), Activations.Read(context.Hyperparameters), new InitialWeights(context));
        CodeSize = shape.Latent;
        _encoder = new(shape, activation, weights);
        _decoder = new(shape, context.Shape.Input, activation, weights);
        register_module("encoder", _encoder);
        register_module("decoder", _decoder);
    }

    public long CodeSize { get; }

    public bool IsGenerative => false;

    public override Tensor forward(Tensor input) => Decode(Encode(input));

    public Tensor Encode(Tensor input) => _encoder.forward(input);

    public Tensor Decode(Tensor code) => _decoder.forward(code);
}
