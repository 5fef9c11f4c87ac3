using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>A classifier whose encoder may come from an autoencoder.</summary>
internal sealed class EncoderClassifierWorkload() : NetworkWorkload<EncoderClassifierOptions>(BuiltinWorkloads.EncoderClassifier)
{
    protected override nn.Module<Tensor, Tensor> Build(EncoderClassifierOptions options, NetworkContext context) =>
        new EncoderClassifierNetwork(options, context);

    protected override IAugmentation? CreateAugmentation(EncoderClassifierOptions options, DataShape shape) =>
        ImageAugmentation.Of(options.Augmentation, shape);
}
