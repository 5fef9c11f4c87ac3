using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>Multi-layer perceptrons that classify (<c>mlp</c>), or answer numbers (<c>mlp-regressor</c>).</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class MlpWorkload(WorkloadDescriptor descriptor) : NetworkWorkload<MlpOptions>(descriptor)
{
    protected override double CountParameters(MlpOptions options, DataShape shape)
    {
        var sizes = MlpNetwork.Sizes(options, shape);
        return sizes.Zip(sizes.Skip(1), (inputs, outputs) => (inputs + 1.0) * outputs).Sum();
    }

    protected override nn.Module<Tensor, Tensor> Build(MlpOptions options, NetworkContext context) => new MlpNetwork(options, context);
}
