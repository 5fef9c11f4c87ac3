using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>A classifier of codes: an encoder, which may come from an autoencoder and may be frozen, and dense layers.</summary>
internal sealed class EncoderClassifierNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Encoder _encoder;
    private readonly List<DenseLayer> _classifier = [];
    private readonly DropoutLayer _dropout;

    public EncoderClassifierNetwork(EncoderClassifierOptions options, NetworkContext context)
        : base(nameof(EncoderClassifierNetwork))
    {
        var (activation, weights) = (Activations.Read(context.Hyperparameters), new InitialWeights(context));
        var shape = EncoderShape.Of(options.Encoder, context.Shape);
        _encoder = new(shape, activation, weights);
        long[] sizes = [shape.Latent, .. Enumerable.Repeat((long)options.DenseSize, options.DenseLayers), context.Shape.Outputs];
        for (var layer = 0; layer + 1 < sizes.Length; layer++)
        {
            _classifier.Add(new(sizes[layer], sizes[layer + 1], layer + 2 < sizes.Length ? activation : null, weights));
        }

        _dropout = new(options.Layers.Dropouts.Dropout, context.Noise);
        register_module("encoder", _encoder);
        register_module("classifier", new ModuleList<DenseLayer>([.. _classifier]));
        register_module("dropout", _dropout);
        if (options.Frozen.FreezeEncoder)
        {
            Array.ForEach(_encoder.parameters().ToArray(), parameter => parameter.requires_grad = false);
        }
    }

    // The code is unbounded, so the classifier sees it through the activation.
    public override Tensor forward(Tensor input) =>
        _classifier.Aggregate(_encoder.forward(input), (current, layer) => layer.forward(_dropout.forward(current)));
}
