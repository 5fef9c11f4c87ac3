using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>The layers of ResNet-18 or ResNet-34 before its classifier, with the names that torchvision gives their weights, so that
/// weights trained on ImageNet fit.</summary>
/// <remarks>
/// Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, table 1. As an encoder of a U-Net: Iglovikov and Shvets,
/// "TernausNet", arXiv:1801.05746, 2018.
/// </remarks>
internal sealed class ResNetEncoder : SegmentationEncoder
{
    /// <summary>How often the whole network halves an image.</summary>
    public const int MaximumDepth = 5;

    private const int StemChannels = 64;

    private readonly ConvolutionLayer _stem;
    private readonly BatchNormLayer _normalisation;
    private readonly List<Sequential> _layers = [];

    /// <param name="context">Brings the channels of the images.</param>
    /// <param name="units">Residual units of each layer: 2, 2, 2, 2 for ResNet-18; 3, 4, 6, 3 for ResNet-34.</param>
    /// <param name="depth">How often the image is halved: the convolution before the layers, the pooling before
    /// the first, and so on.</param>
    /// <param name="weights">Draws the weights.</param>
    public ResNetEncoder(NetworkContext context, int[] units, int depth, InitialWeights weights)
        : base(nameof(ResNetEncoder))
    {
        _stem = new(context.Shape.Input[0], StemChannels, 7, Activation.Relu, weights, stride: 2, hasBias: false);
        _normalisation = new BatchNormLayer(StemChannels, weights.Device);
        register_module("conv1", _stem);
        register_module("bn1", _normalisation);
        List<long> channels = [0, StemChannels];
        for (var layer = 0; layer < depth - 1; layer++)
        {
            var outputs = (long)StemChannels << layer;
            _layers.Add(nn.Sequential([.. Enumerable.Range(0, units[layer])
                .Select(unit => new ResNetUnit(unit == 0 ? channels[^1] : outputs, outputs, layer > 0 && unit == 0 ? 2 : 1, weights))]));
            register_module($"layer{layer + 1}", _layers[^1]);
            channels.Add(outputs);
        }

        Channels = channels;
    }

    public override IReadOnlyList<long> Channels { get; }

    public override IReadOnlyList<Tensor?> Encode(Tensor input)
    {
        List<Tensor?> answers = [null, _normalisation.forward(_stem.forward(input)).Activate(Activation.Relu)];
        foreach (var (layer, number) in _layers.Select((layer, number) => (layer, number)))
        {
            answers.Add(layer.forward(number == 0 ? nn.functional.max_pool2d(answers[^1]!, 3, 2, 1) : answers[^1]!));
        }

        return answers;
    }
}

/// <summary>Two convolutions added to the input, with torchvision's names (BasicBlock).</summary>
internal sealed class ResNetUnit : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionLayer _first, _second;
    private readonly BatchNormLayer _firstNorm, _secondNorm;
    private readonly Sequential? _shortcut;

    public ResNetUnit(long inputs, long outputs, int stride, InitialWeights weights)
        : base(nameof(ResNetUnit))
    {
        (_first, _second) = (new(inputs, outputs, 3, Activation.Relu, weights, stride, hasBias: false), new(
            outputs, outputs, 3, null, weights, hasBias: false));
        (_firstNorm, _secondNorm) = (new BatchNormLayer(outputs, weights.Device), new BatchNormLayer(outputs, weights.Device));
        register_module("conv1", _first);
        register_module("bn1", _firstNorm);
        register_module("conv2", _second);
        register_module("bn2", _secondNorm);
        if (inputs != outputs || stride != 1)
        {
            _shortcut = nn.Sequential(
                new ConvolutionLayer(inputs, outputs, 1, null, weights, stride, hasBias: false),
                new BatchNormLayer(outputs, weights.Device));
            register_module("downsample", _shortcut);
        }
    }

    public override Tensor forward(Tensor input)
    {
        var output = _secondNorm.forward(_second.forward(_firstNorm.forward(_first.forward(input)).Activate(Activation.Relu)));
        return output.Plus(_shortcut is null ? input : _shortcut.forward(input)).Activate(Activation.Relu);
    }
}
