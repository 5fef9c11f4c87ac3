using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>An encoder that halves the image and stages that double it, with a bridge between answers of the same size.</summary>
/// <remarks>
/// Source: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation",
/// MICCAI 2015. Differs: padded convolutions, so the answer has the size of the image, and the nearest pixel
/// repeated instead of transposed convolutions.
/// </remarks>
internal sealed class UNetNetwork : nn.Module<Tensor, Tensor>
{
    private readonly SegmentationEncoder _encoder;
    private readonly StageList _decoder;
    private readonly DropoutLayer _dropout;
    private readonly ConvolutionLayer _head;

    public UNetNetwork(SegmentationOptions options, NetworkContext context)
        : base(nameof(UNetNetwork))
    {
        var (weights, activation) = (new InitialWeights(context), Activations.Read(context.Hyperparameters));
        var (depth, hasBatchNorm) = (options.Depth, options.BatchNorm);
        long[] channels = [.. Enumerable.Range(0, depth + 1)
            .Select(stage => (long)Math.Round(options.Channels * Math.Pow(options.ChannelGrowth, stage)))];
        _encoder = options.Backbone switch
        {
            SegmentationBackbone.Resnet18 => ResNet(context, [2, 2, 2, 2], depth, weights),
            SegmentationBackbone.Resnet34 => ResNet(context, [3, 4, 6, 3], depth, weights),
            _ => new UNetEncoder(context, channels, activation, weights, hasBatchNorm),
        };
        var up = new List<UNetStage>();
        for (var stage = depth - 1; stage >= 0; stage--)
        {
            var below = stage == depth - 1 ? _encoder.Channels[depth] : channels[stage + 1];
            up.Add(new(below + _encoder.Channels[stage], channels[stage], activation, weights, hasBatchNorm));
        }

        _decoder = new(up);
        _dropout = new(options.SpatialDropout, context.Noise, isSpatial: true);
        _head = new(channels[0], context.Shape.Outputs, 1, null, weights);
        register_module("encoder", _encoder);
        register_module("decoder", _decoder);
        register_module("dropout", _dropout);
        register_module("head", _head);
        if (options.Frozen.FreezeEncoder)
        {
            _encoder.Freeze();
        }
    }

    public override Tensor forward(Tensor input)
    {
        var answers = _encoder.Encode(input);
        var output = _dropout.forward(answers[^1]!);
        foreach (var (stage, number) in _decoder.Stages.Select((stage, number) => (stage, number)))
        {
            var bridge = answers[^(number + 2)];
            var size = bridge ?? input;
            var doubled = nn.functional.interpolate(output, [size.size(2), size.size(3)], mode: InterpolationMode.Nearest);
            output = stage.forward(bridge is null ? doubled : cat([bridge, doubled], 1));
        }

        return _head.forward(output);
    }

    private static ResNetEncoder ResNet(NetworkContext context, int[] units, int depth, InitialWeights weights) =>
        depth <= ResNetEncoder.MaximumDepth
            ? new(context, units, depth, weights)
            : throw new WorkloadConfigurationException(
                $"depth is {depth}, but a residual network halves an image at most {ResNetEncoder.MaximumDepth} times.");

    private sealed class StageList : nn.Module
    {
        public StageList(List<UNetStage> stages)
            : base(nameof(StageList))
        {
            Stages = stages;
            register_module("stages", new ModuleList<UNetStage>([.. stages]));
        }

        public List<UNetStage> Stages { get; }
    }
}
