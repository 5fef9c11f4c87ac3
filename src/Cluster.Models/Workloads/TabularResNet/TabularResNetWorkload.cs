using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.TabularResNet;

/// <summary>Residual networks for tables that classify (<c>tabular-resnet</c>), or answer numbers
/// (<c>tabular-resnet-regressor</c>).</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class TabularResNetWorkload(WorkloadDescriptor descriptor) : NetworkWorkload<TabularResNetOptions>(descriptor)
{
    protected override double CountParameters(TabularResNetOptions options, DataShape shape)
    {
        double Dense(double inputs, double outputs) => (inputs + 1) * outputs;
        double width = options.Width, hidden = options.HiddenSize, norm = 2 * width;
        return Dense(shape.InputSize, width)
            + (options.Blocks * (norm + Dense(width, hidden) + Dense(hidden, width)))
            + norm
            + Dense(width, shape.Outputs);
    }

    protected override nn.Module<Tensor, Tensor> Build(TabularResNetOptions options, NetworkContext context) =>
        new TabularResNetNetwork(options, context);
}
