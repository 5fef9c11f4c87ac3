using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>Convolutional networks that classify images.</summary>
internal sealed class CnnWorkload() : NetworkWorkload<CnnOptions>(BuiltinWorkloads.Cnn)
{
    protected override nn.Module<Tensor, Tensor> Build(CnnOptions options, NetworkContext context) =>
        new CnnNetwork(options.Convolution, context);

    protected override IAugmentation? CreateAugmentation(CnnOptions options, DataShape shape) =>
        ImageAugmentation.Of(options.Augmentation, shape);
}
