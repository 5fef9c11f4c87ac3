using SearchCluster.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>Stages of two convolutions, with pooling that halves the image between them.</summary>
internal sealed class UNetEncoder : SegmentationEncoder
{
    private readonly List<UNetStage> _stages = [];

    public UNetEncoder(NetworkContext context, long[] channels, Activation activation, InitialWeights weights, bool hasBatchNorm)
        : base(nameof(UNetEncoder))
    {
        for (var stage = 0; stage < channels.Length; stage++)
        {
            _stages.Add(new(stage == 0 ? context.Shape.Input[0] : channels[stage - 1], channels[stage], activation, weights, hasBatchNorm));
        }

        Channels = channels;
        register_module("stages", new ModuleList<UNetStage>([.. _stages]));
    }

    public override IReadOnlyList<long> Channels { get; }

    public override IReadOnlyList<Tensor?> Encode(Tensor input)
    {
        List<Tensor?> answers = [_stages[0].forward(input)];
        foreach (var stage in _stages.Skip(1))
        {
            answers.Add(stage.forward(nn.functional.max_pool2d(answers[^1]!, 2, ceil_mode: true)));
        }

        return answers;
    }
}
