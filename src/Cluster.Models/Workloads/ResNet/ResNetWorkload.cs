using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.ResNet;

/// <summary>The built-in residual classifier.</summary>
internal sealed class ResNetWorkload() : NetworkWorkload<ResNetOptions>(BuiltinWorkloads.ResNet)
{
    protected override nn.Module<Tensor, Tensor> Build(ResNetOptions options, NetworkContext context)
    {
        context.RequireImages("resnet");
        return new ResNetNetwork(options, context);
    }

    protected override IAugmentation? CreateAugmentation(ResNetOptions options, DataShape shape) =>
        ImageAugmentation.Of(options.Augmentation, shape);
}
