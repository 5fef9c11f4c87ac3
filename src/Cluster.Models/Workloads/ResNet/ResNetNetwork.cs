using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.ResNet;

/// <summary>A residual network for small images: a 3×3 convolution, stages of residual units of which each but the first halves the image,
/// the mean over the image, a linear classifier.</summary>
/// <remarks>Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2 (the CIFAR-10 layout).</remarks>
internal sealed class ResNetNetwork : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionUnit _stem;
    private readonly List<ResidualUnit> _units = [];
    private readonly DropoutLayer _dropout;
    private readonly DenseLayer _classifier;

    public ResNetNetwork(ResNetOptions options, NetworkContext context)
        : base(nameof(ResNetNetwork))
    {
        var (weights, activation) = (new InitialWeights(context), Activations.Read(context.Hyperparameters));
        long channels = options.Channels;
        _stem = new(context.Shape.Input[0], channels, 3, activation, weights, hasBatchNorm: true);
        for (var stage = 0; stage < options.Stages; stage++)
        {
            var outputs = (long)Math.Round(options.Channels * Math.Pow(options.ChannelGrowth, stage));
            for (var unit = 0; unit < options.UnitsPerStage; unit++)
            {
                _units.Add(new(channels, outputs, stage > 0 && unit == 0 ? 2 : 1, activation, weights));
                channels = outputs;
            }
        }

        _dropout = new(options.Layers.Dropouts.Dropout, context.Noise);
        _classifier = new(channels, context.Shape.Outputs, null, weights);
        register_module("stem", _stem);
        register_module("units", new ModuleList<ResidualUnit>([.. _units]));
        register_module("dropout", _dropout);
        register_module("fc", _classifier);
    }

    public override Tensor forward(Tensor input)
    {
        var output = _units.Aggregate(_stem.forward(input), (current, unit) => unit.forward(current));
        return _classifier.forward(_dropout.forward(output.mean([2, 3])));
    }
}
