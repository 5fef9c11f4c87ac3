using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Randomness;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>A variational autoencoder: the code is drawn in training and is its mean otherwise. Output: reconstruction, means and log
/// variances side by side, shape [rows, inputs + 2 · latent].</summary>
/// <remarks>Source: Kingma and Welling, "Auto-Encoding Variational Bayes", ICLR 2014, section 2.4.</remarks>
internal sealed class VariationalNetwork : nn.Module<Tensor, Tensor>, IAutoencoder
{
    // exp of it stays finite in single precision.
    private const double LargestLogVariance = 20;

    private readonly Encoder _encoder;
    private readonly DenseLayer _logVariance;
    private readonly Decoder _decoder;
    private readonly NoiseSource _noise;

    public VariationalNetwork(EncoderOptions options, NetworkContext context)
        : base(nameof(VariationalNetwork))
    {
        var (shape, activation, weights) = (
            EncoderShape.Of(options, context.Shape), Activations.Read(context.Hyperparameters), new InitialWeights(context));
        _noise = context.Noise;
        CodeSize = shape.Latent;
        _encoder = new(shape, activation, weights);
        _logVariance = new(shape.Features, shape.Latent, null, weights);
        _decoder = new(shape, context.Shape.Input, activation, weights);
        register_module("encoder", _encoder);
        register_module("log_variance", _logVariance);
        register_module("decoder", _decoder);
    }

    public long CodeSize { get; }

    public bool IsGenerative => true;

    public Tensor Encode(Tensor input) => _encoder.forward(input);

    public Tensor Decode(Tensor code) => _decoder.forward(code);

    public override Tensor forward(Tensor input)
    {
        var features = _encoder.Features(input);
        var (mean, logVariance) = (_encoder.Code(features), _logVariance.forward(features)
            .clamp(Scalars.Of(-LargestLogVariance), Scalars.Of(LargestLogVariance)));
        var code = training || _noise.IsSampling ? mean.Plus(logVariance.mul(Scalars.Of(0.5)).exp().mul(_noise.Normal(mean.shape))) : mean;
        return cat([_decoder.forward(code).flatten(1), mean, logVariance], 1);
    }
}
