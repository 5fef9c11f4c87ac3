using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>The built-in segmentation of images.</summary>
internal sealed class SegmentationWorkload() : NetworkWorkload<SegmentationOptions>(BuiltinWorkloads.Segmentation)
{
    protected override nn.Module<Tensor, Tensor> Build(SegmentationOptions options, NetworkContext context)
    {
        context.RequireImages("segmentation");
        return new UNetNetwork(options, context);
    }

    protected override IAugmentation? CreateAugmentation(SegmentationOptions options, DataShape shape) =>
        ImageAugmentation.Of(options.Augmentation, shape);
}
