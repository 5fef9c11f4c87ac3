using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Transformers over sequences: <c>transformer</c> and <c>transformer-regressor</c>.</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class TransformerWorkload(WorkloadDescriptor descriptor) : NetworkWorkload<TransformerOptions>(descriptor)
{
    protected override nn.Module<Tensor, Tensor> Build(TransformerOptions options, NetworkContext context) =>
        new TransformerNetwork(options, context);
}
