using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>Convolutional networks that answer numbers such as keypoints.</summary>
internal sealed class CnnRegressorWorkload() : NetworkWorkload<CnnRegressorOptions>(BuiltinWorkloads.CnnRegressor)
{
    protected override nn.Module<Tensor, Tensor> Build(CnnRegressorOptions options, NetworkContext context) =>
        new CnnNetwork(options.Convolution, context);

    protected override IAugmentation? CreateAugmentation(CnnRegressorOptions options, DataShape shape) =>
        ImageAugmentation.Of(options.Photometric, shape);
}
