using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Recurrent networks over sequences: <c>lstm</c> and <c>lstm-regressor</c>.</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class LstmWorkload(WorkloadDescriptor descriptor) : NetworkWorkload<LstmOptions>(descriptor)
{
    protected override nn.Module<Tensor, Tensor> Build(LstmOptions options, NetworkContext context) => new LstmNetwork(options, context);
}
